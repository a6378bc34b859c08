using Xunit;

namespace MtlsScenario.Tool.Tests.Probing;

/// <summary>What <c>probe</c> says before it calls anybody, and where it cannot.</summary>
public sealed class ProbeCommandTests : IDisposable
{
    private readonly WorkFolder _work = new();

    public ProbeCommandTests() => _work.Write("ab.yaml", """
        name: ab
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy, issuer: ca } }
        connections: [amy -> bob]
        """);

    [Theory]
    [InlineData("error: a scenario and a party are needed\n  hint: probe FILE PARTY, or probe --list\n", "probe")]
    [InlineData("error: bob has no certificate to call with\n  hint: probe takes a party with a client's or a peer's\n", "probe", "ab.yaml", "bob")]
    [InlineData("error: 192.0.2.1 is not on this machine or a private network\n  hint: a probe of somebody else's server is no test; --i-may says that it is yours\n", "probe", "ab.yaml", "amy", "https://192.0.2.1/")]
    [InlineData("error: \"gopher://localhost/\" is not valid\n  hint: [SCHEME://]HOST:PORT is expected, where SCHEME is https, raw, postgres, mysql, redis, mqtt or amqp\n", "probe", "ab.yaml", "amy", "gopher://localhost/")]
    [InlineData("error: --against: \"bob\" is not valid\n  hint: PARTY=[SCHEME://]HOST:PORT is expected, where SCHEME is https, raw, postgres, mysql, redis, mqtt or amqp\n", "test", "ab.yaml", "--against", "bob")]
    [InlineData("error: --against: amy has no certificate to be called with\n  hint: it is to be a server or a peer\n", "test", "ab.yaml", "--against", "amy=localhost:1")]
    [InlineData("error: --against: there is no party \"eve\" in ab; it has bob, amy\n  hint: one is bob=localhost:8443\n", "test", "ab.yaml", "--against", "eve=localhost:1")]
    [InlineData("error: --against and --issue exclude each other\n  hint: a server that runs does not know what would be issued\n", "test", "ab.yaml", "--issue", "--against", "bob=localhost:1")]
    [InlineData("error: --against excludes --stack, --client and --server\n  hint: the server runs already, and this tool calls it\n", "test", "ab.yaml", "--stack", "openssl", "--against", "bob=localhost:1")]
    [InlineData("error: --run needs --faults\n", "serve", "ab.yaml", "bob", "--run", "true")]
    public async Task What_cannot_be_probed_is_a_fault_of_the_command_line(string message, params string[] arguments)
    {
        ToolRun run = await _work.RunAsync(arguments);
        Assert.Equal((2, "", message), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("probe", "ab.yaml", "amy", "--only")]
    [InlineData("serve", "ab.yaml", "bob", "--faults", "--skip")]
    public async Task A_fault_that_is_unknown_is_named(params string[] arguments)
    {
        ToolRun run = await _work.RunAsync([.. arguments, "expired,exprired"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: there is no fault \"exprired\"\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("probe", "--list")]
    [InlineData("serve", "ab.yaml", "bob", "--faults", "--list")]
    public async Task The_list_explains_each_fault_and_calls_nobody(params string[] arguments)
    {
        ToolRun run = await _work.RunAsync(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("A expired, needs the CA's key\n  Its validity has ended.\n  Who was given access once has it for ever.\n  x509-limbo rfc5280::validity::expired-leaf\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("probe", "ab.yaml", "amy", "")]
    [InlineData("test", "ab.yaml", "--against", "bob=")]
    [InlineData("call", "ab.yaml", "amy", "redis://")]
    public async Task Where_nobody_listens_that_is_said_and_no_pass(string command, string file, string name, string address)
    {
        using var held = new HeldPort();
        int port = held.Number;
        await _work.RunAsync("apply", "ab.yaml");
        string[] before = Directory.GetFiles(_work.PathOf("ab"));
        ToolRun run = await _work.RunAsync(command, file, name, $"{address}localhost:{port}");
        Assert.Equal((3, "", $"error: nobody listens on localhost:{port}\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(before, Directory.GetFiles(_work.PathOf("ab")));
    }

    [Fact]
    public async Task Without_the_certificates_it_says_what_makes_them()
    {
        ToolRun run = await _work.RunAsync("probe", "ab.yaml", "amy");
        Assert.Equal((3, "error: amy_client.crt is missing\n  hint: mtls-scenario apply ab.yaml makes what is missing\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => _work.Dispose();
}
