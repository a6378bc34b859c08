using System.Runtime.CompilerServices;
using Xunit;

namespace MtlsScenario.Tests.Layering;

/// <summary>The folders of the sources keep to their layers, and no file is too long to be read at once.</summary>
public sealed class FolderGraphTests
{
    private const int LongestFile = 300;

    private static readonly Lazy<IReadOnlyList<TypeReference>> _references = new(() => FolderGraph.References(FolderGraph.Sources(Source())));

    [Fact]
    public void Every_folder_names_only_types_of_the_layers_above_it()
    {
        Assert.True(_references.Value.Count > 1000, $"Only {_references.Value.Count} names of other files' types were found.");
        Assert.Empty(RunningUp(file => file));
    }

    [Theory]
    [InlineData("MtlsScenario/Reconciling/Reconciler.cs", "Planning", "Planning/Reconciler.cs names FolderReader of Files")]
    [InlineData("MtlsScenario/Planning/FileNames.cs", "Files", "Planning/Planner.cs names FileNames of Files")]
    [InlineData("MtlsScenario.Tool/Context/Reporter.cs", "Reporting", "Context/ToolContext.cs names Reporter of Reporting")]
    public void A_file_that_is_moved_back_is_found_with_the_type_that_runs_up(string moved, string folder, string found)
    {
        string back = $"{FolderGraph.ProjectOf(moved)}/{folder}/{moved[(moved.LastIndexOf('/') + 1)..]}";
        Assert.Contains($"{FolderGraph.ProjectOf(moved)}: {found}", RunningUp(file => file == moved ? back : file));
    }

    [Fact]
    public void Every_folder_has_a_layer_and_every_layer_has_its_folders()
    {
        IEnumerable<string> there = FolderGraph.Sources(Source()).Keys
            .Select(path => $"{FolderGraph.ProjectOf(path)}/{FolderGraph.FolderOf(path)}")
            .Distinct();
        IEnumerable<string> layered = Layers.Of.SelectMany(project => project.Value.SelectMany(layer => layer).Select(folder => $"{project.Key}/{folder}"));
        Assert.Equal(layered.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void No_file_is_longer_than_300_lines(string folder)
    {
        IReadOnlyDictionary<string, string> sources = FolderGraph.Sources(Path.Combine(Source(), "..", folder));
        Assert.NotEmpty(sources);
        Assert.Empty(
            from source in sources
            let lines = source.Value.AsSpan().Count('\n')
            where lines > LongestFile
            select $"{folder}/{source.Key} has {lines} lines");
    }

    /// <summary>What runs up or stays in a layer, a line each.</summary>
    /// <param name="placed">Where a file is.</param>
    private static IEnumerable<string> RunningUp(Func<string, string> placed) =>
        from reference in _references.Value
        let file = placed(reference.File)
        let declares = placed(reference.Declares)
        let user = FolderGraph.FolderOf(file)
        let used = FolderGraph.FolderOf(declares)
        let project = FolderGraph.ProjectOf(file)
        where user != used && LayerOf(project, used) >= LayerOf(project, user)
        select $"{project}: {file[(project.Length + 1)..]} names {reference.Type} of {(used.Length == 0 ? "the root" : used)}";

    private static int LayerOf(string project, string folder)
    {
        int layer = Array.FindIndex(Layers.Of[project], folders => folders.Contains(folder));
        return layer >= 0 ? layer : throw new InvalidOperationException($"{project}/{folder} has no layer.");
    }

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src"));
}
