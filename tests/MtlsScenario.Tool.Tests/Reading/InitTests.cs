using System.Text.Json.Nodes;
using Xunit;

namespace MtlsScenario.Tool.Tests.Reading;

public sealed class InitTests : IDisposable
{
    private readonly WorkFolder _work = new();

    [Theory]
    [InlineData("single-ca", "amy-bob")]
    [InlineData("distinct-cas", "distinct-cas")]
    [InlineData("intermediate", "intermediate")]
    [InlineData("peers", "peers")]
    [InlineData("fleet", "fleet")]
    public async Task A_template_is_a_right_scenario_without_warnings_and_commented(string template, string name)
    {
        ToolRun init = await _work.RunAsync("init", template);
        ToolRun validate = await _work.RunAsync("validate", "--strict", $"{name}.yaml");

        Assert.Equal((0, $"Wrote {name}.yaml. Next: mtls-scenario apply {name}.yaml\n"), (init.ExitCode, init.Output));
        Assert.Equal((0, $"{name}.yaml: valid\n", ""), (validate.ExitCode, validate.Output, validate.Error));
        Assert.StartsWith("# yaml-language-server: $schema=mtls-scenario.schema.json\n", _work.Read($"{name}.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_has_every_template()
    {
        ToolRun run = await _work.RunAsync("init", "--list");

        Assert.Equal(
            ["single-ca", "distinct-cas", "intermediate", "peers", "fleet"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_file_that_is_there_stays_as_it_is()
    {
        _work.Write("mine.yaml", "mine");

        ToolRun run = await _work.RunAsync("init", "-o", "mine.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("error: mine.yaml is there already, and is left as it is\n  hint: name another file with -o\n", run.Error);
        Assert.Equal("mine", _work.Read("mine.yaml"));
    }

    [Fact]
    public async Task A_dash_is_standard_output_and_nothing_is_written()
    {
        ToolRun run = await _work.RunAsync("init", "peers", "-o", "-");

        Assert.Contains("name: peers\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.Root));
    }

    [Fact]
    public async Task A_template_that_is_none_is_a_fault_of_usage()
    {
        ToolRun run = await _work.RunAsync("init", "peer");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("did you mean peers?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_where_the_templates_look_for_it()
    {
        ToolRun printed = await _work.RunAsync("schema");
        ToolRun written = await _work.RunAsync("schema", "-o", "mtls-scenario.schema.json");

        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal(printed.Output, _work.Read("mtls-scenario.schema.json"));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string)JsonNode.Parse(printed.Output)!["$schema"]!);
    }

    public void Dispose() => _work.Dispose();
}
