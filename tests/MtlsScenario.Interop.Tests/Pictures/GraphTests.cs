using System.Runtime.CompilerServices;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Pictures;

public sealed class GraphTests
{
    [Fact]
    public async Task In_a_browser_the_text_of_an_SVG_is_whole_apart_and_readable_in_both_schemes()
    {
        using var scenarios = new DrawnScenarios();
        var drawn = await scenarios.DrawAsync("svg");

        JsonElement found = await Browser.LookAsync("svg.mjs", [.. drawn.Select(picture => picture.File)]);

        Assert.Equal(2 * drawn.Count, found.GetArrayLength());
        Assert.Equal([], found.EnumerateArray().SelectMany(picture => picture.Texts("faults").Select(fault => $"{picture.GetProperty("file")}: {fault}")));
        Assert.All(found.EnumerateArray(), picture => Assert.True(picture.GetProperty("texts").GetInt32() > 10));
    }

    [Fact]
    public async Task Text_that_is_cut_or_over_other_text_or_pale_would_have_been_found()
    {
        using var folder = new WorkFolder();
        folder.Write("bad.svg", """
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">
            <rect class="paper" width="100" height="100" fill="#fff"/>
            <text x="10" y="20">one text</text><text x="12" y="22">another</text>
            <rect x="5" y="40" width="20" height="20" fill="#eee"/><text x="8" y="55" fill="#999">leaves</text>
            <text x="90" y="90">is cut</text>
            </svg>
            """);

        JsonElement found = await Browser.LookAsync("svg.mjs", folder.PathOf("bad.svg"));

        string[] faults = found[0].Texts("faults");
        Assert.Contains("light: overlap: one text and another", faults);
        Assert.Contains("light: leaves its box: leaves", faults);
        Assert.Contains("light: cut: is cut", faults);
        Assert.Contains(faults, fault => fault.StartsWith("light: contrast 2.", StringComparison.Ordinal) && fault.EndsWith(": leaves", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Graphviz_draws_every_certificate_and_every_line_without_a_warning()
    {
        using var scenarios = new DrawnScenarios();
        foreach ((string file, Scenario scenario, bool hasSteps) in await scenarios.DrawAsync("dot"))
        {
            BufferedCommandResult result = await Cli.Wrap(Needs.Program("dot")).WithArguments(["-Tplain", file]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();

            Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
            string[] lines = result.StandardOutput.Split('\n');
            Assert.Equal(DrawnScenarios.Certificates(scenario) + (hasSteps ? 1 : 0), lines.Count(line => line.StartsWith("node ", StringComparison.Ordinal)));
            Assert.Equal(DrawnScenarios.Lines(scenario), lines.Count(line => line.StartsWith("edge ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Mermaid_reads_every_certificate_and_every_line_and_text_stays_text()
    {
        using var scenarios = new DrawnScenarios();
        var drawn = await scenarios.DrawAsync("mermaid");

        JsonElement found = await Browser.LookAsync("mermaid.mjs", [.. drawn.Select(picture => picture.File)]);

        foreach (((string file, Scenario scenario, bool hasSteps), JsonElement picture) in drawn.Zip(found.EnumerateArray()))
        {
            Assert.Equal((file, null), (picture.GetProperty("file").GetString(), picture.GetProperty("fault").GetString()));
            Assert.Equal(DrawnScenarios.Certificates(scenario) + (hasSteps ? 1 : 0), picture.GetProperty("nodes").GetInt32());
            Assert.Equal(DrawnScenarios.Lines(scenario), picture.GetProperty("links").GetInt32());
            Assert.Equal(0, picture.GetProperty("foreign").GetInt32());
        }

        string company = found[drawn.Count - 2].GetProperty("text").GetString()!;
        Assert.Contains(CompanyScenario.Hostile, company, StringComparison.Ordinal);
        Assert.Contains("/CN=person-0<b>\"&", company, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amy-bob")]
    [InlineData("amy-bob-distinct-cas")]
    public async Task The_README_has_the_diagram_that_the_tool_draws(string name)
    {
        using var folder = new WorkFolder();

        ToolRun run = await folder.RunAsync("graph", ShippedScenarios.FileOf(name), "-f", "mermaid");

        Assert.Contains($"```mermaid\n{run.Output}```\n", Readme(), StringComparison.Ordinal);
    }

    private static string Readme([CallerFilePath] string source = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(source)!, "../../../src/MtlsScenario.Tool/README.md")).ReplaceLineEndings("\n");
}
