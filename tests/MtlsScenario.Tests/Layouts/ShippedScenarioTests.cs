using System.Runtime.CompilerServices;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tests.Files;
using Xunit;

namespace MtlsScenario.Tests.Layouts;

/// <summary>The layouts of the scenarios that ship, beside them.</summary>
public sealed class ShippedScenarioTests
{
    public static TheoryData<string> Names => [.. Directory
        .EnumerateFiles(ScenarioFolder(), "*.yaml")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task What_would_be_issued_is_as_accepted(string name)
    {
        Scenario scenario = Load(name);
        return Verifier.Verify(LayoutText.Snapshot(PlannedLayout.Of(Planner.For(scenario))), Beside(scenario));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task What_the_native_issuer_makes_is_as_accepted(string name)
    {
        Scenario scenario = Load(name);
        using var folder = new TemporaryFolder();
        using (IssuedScenario issued = IssuedScenario.Issue(scenario))
        {
            issued.WriteTo(folder.At("out"));
        }

        Layout found = FoundLayout.InWordsOfPlan(Planner.For(scenario), new FolderReader(folder.At("out")));
        return Verifier.Verify(LayoutText.Snapshot(found), Beside(scenario));
    }

    [Fact]
    public void Nothing_is_wider_than_80_columns()
    {
        foreach (string file in Directory.EnumerateFiles(ScenarioFolder(), "*.verified.txt"))
        {
            Assert.All(File.ReadAllLines(file), line => Assert.True(line.Length <= 80, $"{file}: {line}"));
        }
    }

    private static Scenario Load(string name) => ScenarioLoader.Load(Path.Combine(ScenarioFolder(), $"{name}.yaml"));

    private static VerifySettings Beside(Scenario scenario)
    {
        var settings = new VerifySettings();
        settings.DisableScrubbers();
        settings.UseDirectory("../../../scenarios");
        settings.UseFileName(scenario.Name);
        settings.DisableRequireUniquePrefix();
        return settings;
    }

    private static string ScenarioFolder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../scenarios"));
}
