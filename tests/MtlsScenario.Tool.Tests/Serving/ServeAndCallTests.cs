using System.Globalization;
using Xunit;

namespace MtlsScenario.Tool.Tests.Serving;

public sealed class ServeAndCallTests : IDisposable
{
    private const string Scenario = """
        name: pair
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=pair-ca }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, listen: "localhost:PORT" }
          amy:
            client: { subject: /CN=amy-client, issuer: ca }
          eddy:
            peer: { subject: /CN=localhost, issuer: ca, key: ed25519, listen: "localhost:PORT" }
          device:
            replicas: 3
            client: { subject: "/CN=device-{n}", issuer: ca }
        connections: [amy -> bob, eddy -> bob, "device -> bob", amy -> eddy]
        """;

    private readonly WorkFolder _folder = new();

    public ServeAndCallTests()
    {
        Port = _held.Number.ToString(CultureInfo.InvariantCulture);
        _folder.Write("pair.yaml", Scenario.Replace("PORT", Port, StringComparison.Ordinal));
    }

    private readonly HeldPort _held = new();

    private string Port { get; }

    public void Dispose()
    {
        _held.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("error: there is no party \"rob\" in pair; it has bob, amy, eddy, device\n", "serve", "pair.yaml", "rob")]
    [InlineData("error: amy has no certificate to be called with\n  hint: serve takes a party with a server's or a peer's\n", "serve", "pair.yaml", "amy")]
    [InlineData("error: --listen: \"3000\" is not valid\n  hint: one is localhost:3000, or [::1]:3000\n", "serve", "pair.yaml", "bob", "--listen", "3000")]
    [InlineData("error: bob has no certificate to call with\n  hint: call takes a party with a client's or a peer's\n", "call", "pair.yaml", "bob")]
    [InlineData("error: say which of the 3: device[1] to device[3]\n", "call", "pair.yaml", "device")]
    [InlineData("error: say which of the 3: device[1] to device[3]\n", "call", "pair.yaml", "device[4]")]
    [InlineData("error: amy calls several: bob, eddy\n  hint: say which, as --to bob, or a URL\n", "call", "pair.yaml", "amy")]
    [InlineData("error: amy does not call \"carl\"; it calls bob, eddy\n", "call", "pair.yaml", "amy", "--to", "carl")]
    [InlineData("error: \"http://localhost\" is not valid\n  hint: [SCHEME://]HOST:PORT is expected, where SCHEME is https, raw, postgres, mysql, redis, mqtt or amqp\n", "call", "pair.yaml", "amy", "http://localhost")]
    [InlineData("error: --for is missing\n  hint: one of curl, node, openssl, nginx, haproxy, apache, stunnel, postgres, mysql, redis, mosquitto, rabbitmq, etcd, kestrel, dotnet, java, go, python, grpc, kafka, cert-manager\n", "config", "pair.yaml", "amy")]
    [InlineData("error: nginx can be a server, and amy has no certificate for that\n", "config", "pair.yaml", "amy", "--for", "nginx")]
    [InlineData("error: eddy can be a server and a client\n  hint: say which: --role server, or --role client\n", "config", "pair.yaml", "eddy", "--for", "node")]
    [InlineData("error: curl is no server\n", "config", "pair.yaml", "eddy", "--for", "curl", "--role", "server")]
    public async Task What_cannot_be_meant_is_a_usage_error(string message, params string[] arguments)
    {
        ToolRun run = await _folder.RunAsync(arguments);

        Assert.EndsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("serve", "bob", "bob_server.key is missing")]
    [InlineData("call", "device[2]", "device-2_client.key is missing")]
    public async Task A_missing_key_is_said_and_nothing_is_made(string command, string party, string message)
    {
        await _folder.RunAsync("apply", "pair.yaml");
        foreach (string key in Directory.GetFiles(_folder.PathOf("pair"), "*.key"))
        {
            File.Delete(key);
        }

        ToolRun run = await _folder.RunAsync(command, "pair.yaml", party);

        Assert.EndsWith($"error: {message}\n  hint: mtls-scenario apply pair.yaml makes what is missing, and mtls-scenario plan pair.yaml says what else is wrong; -d says where the files are\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder.PathOf("pair"), "*.key"));
    }

    [Fact]
    public async Task A_key_that_is_none_is_said_and_not_shown()
    {
        await _folder.RunAsync("apply", "pair.yaml");
        File.WriteAllText(_folder.PathOf("pair/bob_server.key"), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        ToolRun run = await _folder.RunAsync("serve", "pair.yaml", "bob");

        Assert.Contains("error: bob_server.key cannot be read: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Theory]
    [InlineData("serve", "eddy")]
    [InlineData("call", "eddy")]
    public async Task A_key_that_dotnet_cannot_use_is_refused_as_not_tried(string command, string party)
    {
        await _folder.RunAsync("apply", "pair.yaml");

        ToolRun run = await _folder.RunAsync(command, "pair.yaml", party);

        Assert.Contains("error: not tried: .NET cannot use Ed25519 keys in TLS\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task Where_nobody_listens_that_is_said()
    {
        await _folder.RunAsync("apply", "pair.yaml");

        ToolRun run = await _folder.RunAsync("call", "pair.yaml", "amy", "--to", "bob");

        Assert.EndsWith($"error: nobody listens on localhost:{Port}\n  hint: is bob running? mtls-scenario serve pair.yaml bob runs it\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task A_port_in_use_is_said()
    {
        await _folder.RunAsync("apply", "pair.yaml");
        _held.Listen();

        ToolRun run = await _folder.RunAsync("serve", "pair.yaml", "bob", "--listen", $"127.0.0.1:{Port}");

        Assert.EndsWith($"error: cannot listen on 127.0.0.1:{Port}: the port is in use\n  hint: --listen HOST:PORT listens elsewhere; port 0 is any free one\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task A_configuration_goes_into_files_or_out_as_JSON()
    {
        ToolRun files = await _folder.RunAsync("config", "pair.yaml", "bob", "--for", "kestrel", "-o", "server");
        ToolRun json = await _folder.RunAsync("config", "pair.yaml", "device[2]", "--for", "curl", "--json", "-d", "certs");

        Assert.Equal(0, files.ExitCode);
        Assert.Contains("RequireCertificate", _folder.Read("server/appsettings.json"), StringComparison.Ordinal);
        Assert.Contains("WebApplication", _folder.Read("server/Program.cs"), StringComparison.Ordinal);
        Assert.Equal(
            $$"""
            {
              "party": "device[2]",
              "role": "client",
              "program": "curl",
              "files": [
                {
                  "name": "curl_device-2.sh",
                  "text": "curl --cacert certs/ca.crt --key certs/device-2_client.key --cert certs/device-2_client.crt --capath /dev/null https://localhost:{{Port}}\n"
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            json.Output);
    }
}
