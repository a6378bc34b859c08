using System.Text.Json.Nodes;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Commands;
using Xunit;

namespace MtlsScenario.Tool.Tests;

/// <summary>With <c>--json</c> what is wrong is JSON on standard output, and the exit code is what it would be without.</summary>
public sealed class FaultJsonTests : IDisposable
{
    private const string Right = """
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

    public FaultJsonTests()
    {
        _work.Write("right.yaml", Right);
        _work.Write("wrong.yaml", "name: x\nauthorities: { ca: { subjct: /CN=a } }\n");
    }

    /// <summary>Every command that has the option, with what it needs besides the scenario.</summary>
    public static TheoryData<string, string[]> Commands => new()
    {
        { "plan", [] },
        { "apply", [] },
        { "script", ["--check"] },
        { "show", [] },
        { "snapshot", [] },
        { "test", [] },
        { "rollout", [] },
        { "call", ["amy"] },
        { "probe", ["amy"] },
        { "serve", ["bob", "--faults"] },
        { "config", ["bob", "--for", "node"] },
    };

    [Fact]
    public void No_command_that_has_the_option_is_forgotten()
    {
        string[] having =
        [
            .. CommandCatalog.Entries.Where(entry =>
            {
                using BoundCommand bound = new(entry);
                return bound.Syntax.Options.Any(declared => declared.Option.LongName == "json");
            }).Select(entry => entry.Name),
        ];

        Assert.Equal(having.Order(), Commands.Select(row => (string)row[0]).Append("validate").Append("import").Order());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Faults_of_a_scenario_have_their_places(string command, string[] rest)
    {
        ToolRun run = await _work.RunAsync([command, "wrong.yaml", .. rest, "--json"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            [
                """{"code":"missing-key","severity":"error","file":"wrong.yaml","line":2,"column":16,"message":"authority \u0022ca\u0022 has no subject","hint":"name it, for example subject: /CN=x"}""",
                """{"code":"unknown-key","severity":"error","file":"wrong.yaml","line":2,"column":22,"message":"\u0022subjct\u0022 is not a key of an authority","hint":"did you mean \u0022subject\u0022?"}""",
            ],
            JsonNode.Parse(run.Output)!.AsArray().Select(fault => fault!.ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_file_that_cannot_be_read_is_named(string command, string[] rest)
    {
        ToolRun run = await _work.RunAsync([command, "missing.yaml", .. rest, "--json"]);

        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """[{"code":"environment","severity":"error","file":"missing.yaml","line":null,"column":null,"message":"missing.yaml: the file cannot be read: there is no such file","hint":null}]""",
            JsonNode.Parse(run.Output)!.ToJsonString());
    }

    [Theory]
    [InlineData("unknown command \"nonsense\"", "nonsense")]
    [InlineData("FILE is missing", "apply")]
    [InlineData("unknown option \"--bogus\"", "plan", "right.yaml", "--bogus")]
    [InlineData("unknown option \"--json\"", "graph", "right.yaml")]
    [InlineData("--json is for --check", "script", "right.yaml")]
    [InlineData("there is no party \"bo\" in pair; it has bob, amy, eve", "config", "right.yaml", "bo", "--for", "node")]
    [InlineData("--out: right.yaml is what is read, and is left as it is", "show", "right.yaml", "-o", "right.yaml")]
    public async Task A_usage_error_is_one_fault_and_the_warnings_before_it(string message, params string[] arguments)
    {
        ToolRun run = await _work.RunAsync([.. arguments, "--json"]);

        JsonArray faults = JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal((2, ""), (run.ExitCode, run.Error));
        Assert.Equal(("usage", "error", message), ((string)faults[^1]!["code"]!, (string)faults[^1]!["severity"]!, (string)faults[^1]!["message"]!));
        Assert.All(faults.SkipLast(1), warning => Assert.Equal("warning", (string)warning!["severity"]!));
    }

    [Fact]
    public async Task Where_there_is_a_result_it_is_the_only_document_and_warnings_are_text()
    {
        ToolRun show = await _work.RunAsync("show", "right.yaml", "--json");
        ToolRun check = await _work.RunAsync("plan", "right.yaml", "--check", "--json");

        Assert.Equal((0, 1), (show.ExitCode, check.ExitCode));
        Assert.Equal("pair", (string)JsonNode.Parse(show.Output)!["scenario"]!);
        Assert.Equal("pair", (string)JsonNode.Parse(check.Output)!["scenario"]!);
        Assert.Contains("warning trusts-nobody: ", show.Error, StringComparison.Ordinal);
        Assert.Contains("warning trusts-nobody: ", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_cancelled_says_so()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        ToolRun run = await _work.RunInProcessAsync(new InProcessSetup { Cancellation = cancellation.Token }, "apply", "right.yaml", "--json");

        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        Assert.Equal("cancelled", (string)JsonNode.Parse(run.Output)![0]!["code"]!);
    }

    public void Dispose() => _work.Dispose();
}
