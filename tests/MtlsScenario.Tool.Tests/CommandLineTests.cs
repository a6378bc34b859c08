using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Commands;
using Xunit;

namespace MtlsScenario.Tool.Tests;

/// <summary>What all commands have in common.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_unknown_command_is_refused_with_the_nearest_known_one()
    {
        ToolRun run = await _folder.RunAsync("compltion", "bash");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal("error: unknown command \"compltion\"\n  hint: did you mean completion?\n", run.Error);
    }

    [Fact]
    public async Task An_unknown_option_is_refused_with_the_nearest_known_one()
    {
        ToolRun run = await _folder.RunAsync("completion", "bash", "--quite");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: unknown option \"--quite\"\n  hint: did you mean --quiet?\n", run.Error);
    }

    [Theory]
    [InlineData("error: a command is missing\n  hint: see mtls-scenario --help\n")]
    [InlineData("error: unknown option \"--bogus\"\n  hint: see mtls-scenario --help\n", "--bogus")]
    [InlineData("error: SHELL is missing\n  hint: see mtls-scenario completion --help\n", "completion")]
    [InlineData("error: unexpected argument \"b\\e[31m\"\n  hint: see mtls-scenario completion --help\n", "completion", "bash", "b\e[31m")]
    [InlineData("error: SHELL: \"bsh\" is not valid\n  hint: did you mean bash? (one of bash, zsh, fish)\n", "completion", "bsh")]
    [InlineData("error: --out: the value is empty\n  hint: see mtls-scenario completion --help\n", "completion", "bash", "--out=")]
    public async Task A_wrong_command_line_is_a_usage_error_that_says_what_would_be_right(string message, params string[] arguments)
    {
        ToolRun run = await _folder.RunAsync(arguments);

        Assert.Equal(message, run.Error);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task The_help_of_every_command_has_an_example_of_it()
    {
        foreach (CommandEntry entry in CommandCatalog.Entries)
        {
            ToolRun run = await _folder.RunAsync(entry.Name, "--help");

            Assert.Equal(0, run.ExitCode);
            Assert.Contains($"\nUsage: mtls-scenario {entry.Name} ", run.Output, StringComparison.Ordinal);
            Assert.Contains($"\nExamples:\n  mtls-scenario {entry.Name}", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_text_written_to_a_file_replaces_it_in_one_step_and_leaves_nothing_beside_it()
    {
        _folder.Write("script", "old");

        ToolRun run = await _folder.RunAsync("completion", "bash", "-o", "script");

        Assert.Equal(new ToolRun(0, "", ""), run);
        Assert.Equal((await _folder.RunAsync("completion", "bash")).Output, _folder.Read("script"));
        Assert.Equal([_folder.PathOf("script")], Directory.GetFiles(_folder.Root));
    }

    [Theory]
    [InlineData("missing/script", "its folder does not exist")]
    [InlineData(".", "it is a folder")]
    public async Task A_file_that_cannot_be_written_is_a_fault_of_the_environment(string name, string why)
    {
        ToolRun run = await _folder.RunAsync("completion", "bash", "--out", name);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal($"error: cannot write {Path.GetFullPath(name, _folder.Root)}: {why}\n", run.Error);
    }
}
