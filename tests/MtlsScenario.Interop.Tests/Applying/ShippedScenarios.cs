using System.Runtime.CompilerServices;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>The scenarios that ship, each a test case.</summary>
public sealed class ShippedScenarios : TheoryData<string>
{
    public ShippedScenarios()
    {
        AddRange([.. Names()]);
    }

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder(), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>The file of a scenario.</summary>
    public static string FileOf(string name) => Path.Combine(Folder(), name + ".yaml");

    /// <summary>A scenario, which must be right.</summary>
    public static Scenario Read(string name)
    {
        string file = FileOf(name);
        ScenarioReadResult result = ScenarioReader.Read(file, File.ReadAllBytes(file));
        Assert.True(result.Scenario is not null, string.Join('\n', result.Diagnostics));
        return result.Scenario!;
    }

    private static string Folder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../scenarios"));
}
