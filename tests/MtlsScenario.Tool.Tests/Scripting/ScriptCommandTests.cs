using System.Runtime.Versioning;
using Xunit;

namespace MtlsScenario.Tool.Tests.Scripting;

[UnsupportedOSPlatform("windows")]
public sealed class ScriptCommandTests : IDisposable
{
    private const string Scenario = """
        name: amy-bob
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=my-ca }
          bob_ca: { subject: /CN=bob-ca, operator: bob, issuer: ca }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: bob_ca } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
        connections: [amy -> bob]
        """;

    private readonly WorkFolder _folder = new();

    public ScriptCommandTests()
    {
        _folder.Write("amy-bob.yaml", Scenario);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prints_the_script_or_puts_it_into_a_file()
    {
        ToolRun printed = await _folder.RunAsync("script", "amy-bob.yaml");
        ToolRun written = await _folder.RunAsync("script", "amy-bob.yaml", "-o", "amy-bob.sh");

        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        Assert.StartsWith("#!/bin/sh\n# amy-bob\n", printed.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal(printed.Output, _folder.Read("amy-bob.sh"));
        Assert.Equal(printed.Output, (await _folder.RunWithInputAsync(Scenario, "script", "-")).Output);
    }

    [Fact]
    public async Task Prints_the_plain_script_or_puts_it_into_a_file()
    {
        ToolRun whole = await _folder.RunAsync("script", "amy-bob.yaml");
        ToolRun plain = await _folder.RunAsync("script", "amy-bob.yaml", "--plain");
        ToolRun written = await _folder.RunAsync("script", "amy-bob.yaml", "--plain", "-o", "amy-bob.sh");

        Assert.Equal((0, ""), (plain.ExitCode, plain.Error));
        Assert.StartsWith("#!/bin/sh\n# amy-bob\n", plain.Output, StringComparison.Ordinal);
        Assert.True(plain.Output.Length < whole.Output.Length / 2);
        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal(plain.Output, _folder.Read("amy-bob.sh"));
    }

    [Theory]
    [InlineData("bob", "# amy-bob: what bob runs")]
    [InlineData("ca", "# amy-bob: what ca runs")]
    public async Task Prints_what_one_of_them_runs(string actor, string heading)
    {
        ToolRun run = await _folder.RunAsync("script", "amy-bob.yaml", "--for", actor);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(heading + "\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error: --for: there is no \"bbo\" in the scenario\n  hint: did you mean bob? (one of bob, amy, ca)\n", "--for", "bbo")]
    [InlineData("error: --for: bob_ca is operated by bob\n  hint: --for bob has what bob runs for it\n", "--for", "bob_ca")]
    [InlineData("error: --check and --for exclude each other\n  hint: --check runs the whole script\n", "--for", "bob", "--check")]
    [InlineData(
        "error: --plain and --for exclude each other\n"
        + "  hint: a plain script runs once, in an empty folder; one part is run again when others have handed over what it needs\n",
        "--for", "bob", "--plain")]
    [InlineData("error: --dir is for --check\n  hint: the script itself is a text\n", "-d", "x")]
    public async Task A_mistake_on_the_command_line_is_named(string error, params string[] arguments)
    {
        Assert.Equal(new ToolRun(2, "", error), await _folder.RunAsync(["script", "amy-bob.yaml", .. arguments]));
    }

    [Theory]
    [InlineData("script", "amy-bob.yaml", "--check")]
    [InlineData("apply", "amy-bob.yaml", "--engine", "openssl")]
    public async Task Where_there_is_no_openssl_it_says_so(params string[] arguments)
    {
        ToolRun run = await RunWithAsync("/nonexistent/openssl", arguments);

        Assert.Equal(
            new ToolRun(
                3, "", "error: there is no openssl that runs as \"/nonexistent/openssl\"\n  hint: install it, or name it with OPENSSL=PROGRAM\n"),
            run);
        Assert.False(Directory.Exists(_folder.PathOf("amy-bob")));
    }

    [Theory]
    [InlineData("script", "amy-bob.yaml", "--check")]
    [InlineData("apply", "amy-bob.yaml", "--engine", "openssl")]
    public async Task Another_program_of_that_name_is_none(params string[] arguments)
    {
        string program = Stub("echo LibreSSL 3.3.6");

        ToolRun run = await RunWithAsync("./openssl", arguments);

        Assert.Equal(
            new ToolRun(
                3, "", $"error: OpenSSL 1.1.1 or later is needed, and \"{program}\" is LibreSSL 3.3.6\n  hint: OPENSSL=PROGRAM names another openssl\n"),
            run);
        Assert.False(Directory.Exists(_folder.PathOf("amy-bob")));
    }

    [Fact]
    public async Task What_a_version_cannot_do_is_said_before_it_starts()
    {
        Stub("echo OpenSSL 3.4.1 11 Feb 2025");
        _folder.Write("amy-bob.yaml", """
            name: amy-bob
            defaults: { key: ec-p256, profile: bare }
            authorities: { ca: { subject: /CN=my-ca } }
            parties: { amy: { client: { subject: /CN=amy-client, issuer: ca, trusts: [ca] } } }
            """);

        Assert.Equal(
            new ToolRun(1, "not possible: OpenSSL 3.4.1 writes v3\n", ""), await RunWithAsync("./openssl", "script", "amy-bob.yaml", "--check"));
        Assert.Equal(
            new ToolRun(1, "not possible: OpenSSL 3.4.1 writes v3\n", ""),
            await RunWithAsync("./openssl", "script", "amy-bob.yaml", "--check", "--plain"));
        Assert.Equal(
            new ToolRun(
                1,
                """
                {
                  "openSsl": "OpenSSL 3.4.1",
                  "equal": false,
                  "notPossible": "not possible: OpenSSL 3.4.1 writes v3",
                  "files": []
                }

                """,
                ""),
            await RunWithAsync("./openssl", "script", "amy-bob.yaml", "--check", "--json"));
        Assert.Equal(
            new ToolRun(3, "", "error: not possible: OpenSSL 3.4.1 writes v3\n  hint: OPENSSL=PROGRAM names another openssl\n"),
            await RunWithAsync("./openssl", "apply", "amy-bob.yaml", "--engine", "openssl"));
        Assert.False(Directory.Exists(_folder.PathOf("amy-bob")));
    }

    [Fact]
    public async Task What_an_external_authority_provides_is_asked_for()
    {
        Stub("echo OpenSSL 3.4.1 11 Feb 2025");
        _folder.Write("amy-bob.yaml", """
            name: amy-bob
            authorities: { ca: { external: true } }
            parties: { amy: { client: { subject: /CN=amy-client, issuer: ca, trusts: [ca] } } }
            """);

        Assert.Equal(
            new ToolRun(3, "", "error: there is no ca.crt that can be read, and ca is external\n  hint: name the folder that has it with -d DIR\n"),
            await RunWithAsync("./openssl", "script", "amy-bob.yaml", "--check"));

        _folder.Write("certs/ca.crt", "");
        Assert.Equal(
            new ToolRun(
                3, "", "error: there is no ca.key that can be read, and ca must sign amy_client\n  hint: name the folder that has it with -d DIR\n"),
            await RunWithAsync("./openssl", "script", "amy-bob.yaml", "--check", "-d", "certs"));
    }

    private Task<ToolRun> RunWithAsync(string openssl, params string[] arguments) => _folder.RunInProcessAsync(
        new InProcessSetup { Variables = new Dictionary<string, string> { ["OPENSSL"] = openssl } }, arguments);

    private string Stub(string body) => StandIn.Write(_folder.PathOf("openssl"), body);
}
