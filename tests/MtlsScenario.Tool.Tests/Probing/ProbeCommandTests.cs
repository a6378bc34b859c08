using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
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
    [InlineData("error: --only and --skip leave no fault\n  hint: what is not tried is no pass\n", "probe", "ab.yaml", "amy", "--only", "none,expired", "--skip", "expired,none")]
    [InlineData("error: --scheme needs --faults\n", "serve", "ab.yaml", "bob", "--scheme", "mysql")]
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

    /// <summary>A server that lets the caller in and greets it, as SMTP does.</summary>
    [Fact]
    public async Task A_server_that_speaks_TLS_and_no_HTTP_is_called_that_and_not_a_rejection()
    {
        await _work.RunAsync("apply", "ab.yaml");
        using X509Certificate2 own = X509Certificate2.CreateFromPemFile(_work.PathOf("ab/bob_server.crt"), _work.PathOf("ab/bob_server.key"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task greeting = GreetAsync();
        ToolRun run = await _work.RunAsync("call", "ab.yaml", "amy", $"https://localhost:{port}");
        Assert.Equal((3, "", $"error: the server at localhost:{port} lets the client in, but does not speak HTTP\n  hint: say what it speaks, as in amqp://HOST:PORT\n"), (run.ExitCode, run.Output, run.Error));
        await greeting;

        async Task GreetAsync()
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using var secure = new SslStream(client.GetStream());
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = own });
            await secure.WriteAsync("220 bob is ready\r\n"u8.ToArray());
            while (await secure.ReadAsync(new byte[1024]) > 0)
            {
            }
        }
    }

    /// <summary>A server that cannot use its own certificate speaks of the version too, as OpenSSL does.</summary>
    [Theory]
    [InlineData(3, "takes no version of TLS that is offered (alert 70", "call", "ab.yaml", "amy", "https://localhost:PORT")]
    [InlineData(3, "alert 70 protocol_version, though", "call", "ab.yaml", "amy", "redis://localhost:PORT")]
    [InlineData(1, "tls-version (alert 70", "call", "new.yaml", "amy")]
    [InlineData(1, "alert 70 protocol_version, though", "test", "ab.yaml", "--against", "bob=localhost:PORT")]
    [InlineData(0, "rejected by server: tls-version", "test", "new.yaml", "--against", "bob=localhost:PORT")]
    public async Task An_alert_about_the_version_turns_away_whoever_offers_one_that_the_server_is_not_to_speak(int exitCode, string said, params string[] arguments)
    {
        using var server = new HangUp([21, 3, 1, 0, 2, 2, 70]);
        string text = File.ReadAllText(_work.PathOf("ab.yaml")).Replace("[amy -> bob]", "[{ from: amy, to: bob, tls: 1.2, expect: rejected }]", StringComparison.Ordinal);
        _work.Write("ab.yaml", text);
        _work.Write("new.yaml", text.Replace("issuer: ca } }\n  amy", $"issuer: ca, tlsMin: 1.3, listen: localhost:{server.Port} }} }}\n  amy", StringComparison.Ordinal));
        await _work.RunAsync("apply", "ab.yaml");
        ToolRun run = await _work.RunAsync([.. arguments.Select(argument => argument.Replace("PORT", $"{server.Port}", StringComparison.Ordinal))]);
        Assert.True(exitCode == run.ExitCode, run.Output + run.Error);
        Assert.Contains(said, run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>Each replica is called where it runs; a bare name is all of them.</summary>
    [Theory]
    [InlineData("till[3]", "till[3]=A")]
    [InlineData("till[1] till[2] till[3]", "till=A")]
    [InlineData("till[1] till[3]", "till[1]=A", "till[3]=B")]
    public async Task Replicas_that_run_already_are_tried_where_they_run(string tried, params string[] against)
    {
        _work.Write("fleet.yaml", """
            name: fleet
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              till: { replicas: 3, server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy, issuer: ca } }
            connections: ["amy -> till[*]"]
            """);
        await _work.RunAsync("apply", "fleet.yaml");
        using var first = new HangUp();
        using var second = new HangUp();
        string[] options = [.. against.SelectMany(one => new[] { "--against", one.Replace("=A", $"=localhost:{first.Port}", StringComparison.Ordinal).Replace("=B", $"=localhost:{second.Port}", StringComparison.Ordinal) })];
        ToolRun run = await _work.RunAsync(["test", "fleet.yaml", "--json", .. options]);
        string[] found = [.. JsonNode.Parse(run.Output)!["results"]!.AsArray().Select(result => (string)result!["to"]!).Distinct()];
        Assert.True(tried == string.Join(' ', found), run.Output + run.Error);
        Assert.Equal(against.Length > 1, second.Calls > 0);
        Assert.True(first.Calls > 0);
    }

    [Fact]
    public async Task A_server_that_runs_is_not_tried_at_another_time_than_now()
    {
        using var server = new HangUp();
        _work.Write("ab.yaml", File.ReadAllText(_work.PathOf("ab.yaml")).Replace("[amy -> bob]", "[{ from: amy, to: bob, at: 2126-01-01T00:00:00Z, expect: rejected, because: expired }]", StringComparison.Ordinal));
        await _work.RunAsync("apply", "ab.yaml");
        ToolRun run = await _work.RunAsync("test", "ab.yaml", "--against", $"bob=localhost:{server.Port}");
        Assert.Equal((3, 0), (run.ExitCode, server.Calls));
        Assert.Contains("the server runs now, and at no other time", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Of several callers the user says as whom; its files reach the command as one word each, and none of the server's.</summary>
    [Fact]
    public async Task A_client_is_run_with_the_files_of_the_caller_that_is_named()
    {
        Needs.Program("sh");
        _work.Write("ab.yaml", File.ReadAllText(_work.PathOf("ab.yaml")).Replace("amy: {", "eve: { client: { subject: /CN=eve, issuer: ca } }\n  amy: {", StringComparison.Ordinal).Replace("[amy -> bob]", "[amy -> bob, eve -> bob]", StringComparison.Ordinal));
        await _work.RunAsync("apply", "ab.yaml", "-d", "it's \"$HOME\" here");
        string[] arguments = ["serve", "ab.yaml", "bob", "-d", "it's \"$HOME\" here", "--listen", "localhost:0", "--faults", "--only", "expired", "--run", $"printf '%s\\n' {{ca}} {{cert}} {{key}} {{host}} >> '{_work.PathOf("said")}'"];
        ToolRun open = await _work.RunAsync(arguments);
        Assert.Equal((2, "error: bob is to accept several callers: amy, eve\n  hint: --as PARTY says as whom\n"), (open.ExitCode, open.Error));
        ToolRun run = await _work.RunAsync([.. arguments, "--as", "eve"]);
        Assert.True(run.ExitCode == 3, run.Output + run.Error);
        Assert.Equal([.. "ca.crt eve_client.crt eve_client.key".Split(' ').Select(file => _work.PathOf($"it's \"$HOME\" here/{file}")), "localhost"], File.ReadAllLines(_work.PathOf("said")).Take(4));
    }

    [Fact]
    public async Task Without_the_certificates_it_says_what_makes_them()
    {
        ToolRun run = await _work.RunAsync("probe", "ab.yaml", "amy");
        Assert.Equal((3, "error: amy_client.crt is missing\n  hint: mtls-scenario apply ab.yaml makes what is missing\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => _work.Dispose();

    /// <summary>Ends each connection at once, or when it has answered the first words, and counts them.</summary>
    private sealed class HangUp : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        public HangUp(params byte[] answer)
        {
            _answer = answer;
            _listener.Start();
            _ = RunAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Calls { get; private set; }

        public void Dispose() => _listener.Dispose();

        private async Task RunAsync()
        {
            while (_listener.Server.IsBound)
            {
                using Socket call = await _listener.AcceptSocketAsync();
                Calls++;
                if (_answer.Length > 0)
                {
                    await call.ReceiveAsync(new byte[4096]);
                    await call.SendAsync(_answer);
                }
            }
        }
    }
}
