using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tests.Files;

namespace MtlsScenario.Tests.Planning;

/// <summary>A folder to which scenarios are applied, as the tool does it.</summary>
internal sealed class AppliedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.At("certificates");

    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public string At(string path) => Path.Combine(Root, path);

    public Reconciliation Compare(Scenario scenario, ReconciliationOptions? options = null) =>
        Reconciler.Run(Planner.For(scenario), new FolderReader(Root), options ?? new ReconciliationOptions(), Now);

    /// <summary>Applies, and returns what was to be done.</summary>
    public Reconciliation Apply(Scenario scenario, ReconciliationOptions? options = null)
    {
        var reader = new FolderReader(Root);
        Reconciliation reconciliation = Compare(scenario, options);
        using var artifacts = new NativeArtifacts(reader, reconciliation);
        new FolderUpdater(reader, new FolderWriter(Root), artifacts).Run(reconciliation, CancellationToken.None);
        return reconciliation;
    }

    /// <summary>The file names and contents, by path.</summary>
    public Dictionary<string, byte[]> Contents() => Directory
        .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(Root, path), File.ReadAllBytes, StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();
}
