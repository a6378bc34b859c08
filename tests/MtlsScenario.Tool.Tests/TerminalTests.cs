using MtlsScenario.Graphs;
using Xunit;

namespace MtlsScenario.Tool.Tests;

/// <summary>What a terminal is given, and how often.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Warned = """
        name: pair
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=pair-ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
          eve: { client: { subject: /CN=eve, issuer: ca, trusts: [] } }
        connections: [amy -> bob]
        """;

    private readonly WorkFolder _work = new();

    public TerminalTests() => _work.Write("pair.yaml", Warned);

    [Theory]
    [InlineData("xterm", null, true)]
    [InlineData("xterm-256color", "", true)]
    [InlineData("xterm", "1", false)]
    [InlineData("dumb", null, false)]
    [InlineData("", null, false)]
    [InlineData(null, null, false)]
    public async Task Colours_are_for_a_terminal_that_says_what_it_is(string? kind, string? noColour, bool isColoured)
    {
        var variables = new Dictionary<string, string>();
        if (kind is not null)
        {
            variables["TERM"] = kind;
        }

        if (noColour is not null)
        {
            variables["NO_COLOR"] = noColour;
        }

        var terminal = new InProcessSetup { IsTerminal = true, Variables = variables };
        ToolRun test = await _work.RunInProcessAsync(terminal, "test", "pair.yaml");
        ToolRun wrong = await _work.RunInProcessAsync(terminal, "nonsense");

        Assert.Equal(isColoured, test.Output.Contains('\e', StringComparison.Ordinal));
        Assert.Equal(isColoured, test.Error.Contains('\e', StringComparison.Ordinal));
        Assert.Equal(isColoured, wrong.Error.Contains('\e', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("show")]
    [InlineData("graph")]
    [InlineData("test")]
    [InlineData("config", "bob", "--for", "node")]
    public async Task A_warning_is_said_once_and_not_with_quiet(string command, params string[] rest)
    {
        ToolRun run = await _work.RunAsync([command, "pair.yaml", .. rest]);
        ToolRun quiet = await _work.RunAsync([command, "pair.yaml", .. rest, "-q"]);

        Assert.Equal((0, 2), (run.ExitCode, run.Error.Split("warning").Length));
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Error));
    }

    [Fact]
    public async Task Validate_says_warnings_with_quiet_too()
    {
        ToolRun run = await _work.RunAsync("validate", "-q", "pair.yaml", "pair.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal(3, run.Error.Split("warning trusts-nobody").Length);
    }

    [Fact]
    public async Task A_warning_that_is_met_in_every_round_is_said_in_the_first()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        Task<ToolRun> watching = _work.RunInProcessAsync(
            new InProcessSetup { Cancellation = cancellation.Token }, "test", "pair.yaml", "--watch", "-o", "results.txt");
        await UntilAsync("2 passed, 0 failed");
        _work.Write("pair.yaml", "# Everything is a line further down.\n" + Warned.Replace("amy -> bob", "{ from: amy, to: bob, host: other.example }", StringComparison.Ordinal));
        await UntilAsync("0 passed, 2 failed");
        await cancellation.CancelAsync();

        ToolRun run = await watching;

        Assert.Equal(2, run.Error.Split("warning trusts-nobody").Length);
        Assert.True(run.Error.Split("waiting for pair.yaml").Length > 2, run.Error);

        async Task UntilAsync(string text)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!watching.IsCompleted && !(File.Exists(_work.PathOf("results.txt")) && _work.Read("results.txt").Contains(text, StringComparison.Ordinal)))
            {
                await timer.WaitForNextTickAsync(cancellation.Token);
            }
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(61)]
    [InlineData(120)]
    public async Task Lines_are_as_wide_as_the_terminal_and_wide_characters_take_two_columns(int columns)
    {
        _work.Write("wide.yaml", $$"""
            name: wide
            description: {{string.Concat(Enumerable.Repeat("相互認証の図", 30))}}
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /O=株式会社{{new string('例', 25)}}/CN=認証局 } }
            parties:
              bob: { server: { subject: /O=株式会社{{new string('例', 25)}}/CN=localhost, issuer: ca, names: [localhost] } }
              amy: { client: { subject: /O=株式会社{{new string('例', 25)}}/CN=エイミー, issuer: ca } }
              mia: { client: { subject: /CN=ミア, issuer: ca, trusts: [ca] } }
            connections:
              - amy -> bob
              - { from: mia, to: bob, host: other.example, expect: rejected, by: client, because: name-mismatch }
            """);
        var terminal = new InProcessSetup { IsTerminal = true, Columns = columns };
        foreach (string[] command in (string[][])[["graph"], ["graph", "--steps"], ["show"], ["plan"], ["test"]])
        {
            ToolRun run = await _work.RunInProcessAsync(terminal, [command[0], "wide.yaml", .. command[1..]]);

            double[] widths = [.. run.Output.Split('\n').Select(line => line.EnumerateRunes().Sum(TerminalColumns.Of))];
            Assert.True(run.ExitCode is 0, run.Error);
            Assert.All(run.Output.Split('\n').Zip(widths), line => Assert.True(line.Second <= columns, line.First));
            Assert.True(command[0] is "plan" or "test" || widths.Max() > columns - 12, $"{command[0]} leaves room: {widths.Max()}");
        }
    }

    [Fact]
    public async Task What_goes_into_a_file_is_the_same_from_every_terminal()
    {
        await _work.RunInProcessAsync(new InProcessSetup { IsTerminal = true, Columns = 40 }, "show", "pair.yaml", "-o", "narrow");
        await _work.RunAsync("show", "pair.yaml", "-o", "piped");

        Assert.Equal(_work.Read("piped"), _work.Read("narrow"));
    }

    [Fact]
    public async Task Help_is_as_wide_as_the_terminal()
    {
        foreach (CommandLine.CommandEntry entry in Commands.CommandCatalog.Entries)
        {
            ToolRun run = await _work.RunInProcessAsync(new InProcessSetup { IsTerminal = true, Columns = 40 }, entry.Name, "--help");

            // A command is a line, however long, for it is to be pasted; and a table of templates is one. A word stays whole.
            string[] lines = [.. run.Output.Split('\n').Where(line => !line.Contains("mtls-scenario", StringComparison.Ordinal) && entry.Name != "init")];
            Assert.All(lines, line => Assert.True(line.Length <= 40 || !line.Trim().Contains(' '), line));
        }
    }

    public void Dispose() => _work.Dispose();
}
