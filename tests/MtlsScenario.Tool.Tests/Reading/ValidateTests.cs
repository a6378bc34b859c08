using System.Text.Json.Nodes;
using Xunit;

namespace MtlsScenario.Tool.Tests.Reading;

public sealed class ValidateTests : IDisposable
{
    private const string Right = "name: right\nauthorities: { ca: { subject: /CN=ca } }\n";
    private const string Warned = Right + "parties: { bob: { client: { subject: /CN=bob, issuer: ca, trusts: [] } } }\n";

    private readonly WorkFolder _work = new();

    [Fact]
    public async Task Every_file_is_judged_and_one_that_cannot_be_read_is_exit_code_3()
    {
        _work.Write("right.yaml", Right);
        _work.Write("wrong.yaml", "nam: x\nauthorities: {}\n");

        ToolRun run = await _work.RunAsync("validate", "wrong.yaml", "right.yaml", "missing.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("right.yaml: valid\n", run.Output);
        Assert.Equal(
            """
            wrong.yaml:1:1: error unknown-key: "nam" is not a key of a scenario
              hint: did you mean "name"?
            wrong.yaml:1:1: error missing-key: the scenario has no name
              hint: name it, for example name: amy-bob
            wrong.yaml:1:1: error missing-key: the scenario has no authorities
              hint: name at least one: authorities: { ca: { subject: /CN=my-ca } }
            missing.yaml:1:1: error unreadable-file: the file cannot be read: there is no such file

            """,
            run.Error);
    }

    [Fact]
    public async Task Warnings_alone_are_exit_code_0_and_1_with_strict()
    {
        _work.Write("warned.yaml", Warned);

        ToolRun lenient = await _work.RunAsync("validate", "warned.yaml");
        ToolRun strict = await _work.RunAsync("validate", "--strict", "warned.yaml");

        Assert.Equal((0, "warned.yaml: valid, with 1 warning\n"), (lenient.ExitCode, lenient.Output));
        Assert.Equal(1, strict.ExitCode);
        Assert.Equal(
            "warned.yaml:3:67: warning trusts-nobody: bob's client certificate comes with no trust anchor, so its end accepts nobody\n",
            strict.Error);
    }

    /// <summary>The few errors among many warnings are not lost where a terminal gets the first of each.</summary>
    [Fact]
    public async Task A_terminal_gets_the_first_fifty_and_how_many_more_and_a_file_gets_all()
    {
        string warned = string.Concat(Enumerable.Range(0, 1060).Select(number => $"  p{number}: {{ client: {{ subject: \"/CN=p{number}\\x01\", issuer: ca, trusts: [ca] }} }}\n"));
        _work.Write("many.yaml", $"{Right}parties:\n{warned}  last: {{ client: {{ subject: /CN=last, issuer: cb, trusts: [ca] }} }}\n");
        var terminal = new InProcessSetup { IsTerminal = true, Variables = new Dictionary<string, string> { ["NO_COLOR"] = "1" } };

        ToolRun onTerminal = await _work.RunInProcessAsync(terminal, "validate", "many.yaml");
        ToolRun inFile = await _work.RunAsync("validate", "many.yaml");
        ToolRun json = await _work.RunInProcessAsync(terminal, "validate", "many.yaml", "--json");

        Assert.Equal((2, 2, 2), (onTerminal.ExitCode, inFile.ExitCode, json.ExitCode));
        Assert.Equal((51, 1061), (Found(onTerminal), Found(inFile)));
        Assert.Contains("\nmany.yaml:1064:", onTerminal.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nand 1,010 more warnings; a file or a pipe gets all of them: 2>FILE\n", onTerminal.Error, StringComparison.Ordinal);
        Assert.Equal(1061, JsonNode.Parse(json.Output)!["files"]![0]!["diagnostics"]!.AsArray().Count);

        static int Found(ToolRun run) => run.Error.Split('\n').Count(line => line.StartsWith("many.yaml:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standard_input_is_a_file_too_and_JSON_says_all_of_it()
    {
        ToolRun run = await _work.RunWithInputAsync("name: x\nauthorities: { ca: { subjct: /CN=a } }\n", "validate", "-", "--json");

        JsonNode file = JsonNode.Parse(run.Output)!["files"]![0]!;
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.Equal("-", (string)file["file"]!);
        Assert.False((bool)file["valid"]!);
        Assert.Equal(
            """{"code":"missing-key","severity":"error","file":"-","line":2,"column":16,"message":"authority \u0022ca\u0022 has no subject","hint":"name it, for example subject: /CN=x"}""",
            file["diagnostics"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Control_characters_never_reach_the_terminal_raw()
    {
        ToolRun run = await _work.RunWithInputAsync("name: \"\\e[31mx\\a\"\n\"\\e]0;x\": 1\nauthorities: { \"\\e[2J\": {} }\n", "validate", "-");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain(run.Error, character => char.IsControl(character) && character != '\n');
        Assert.Contains("\"\\e[31mx\\u{0007}\"", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _work.Dispose();
}
