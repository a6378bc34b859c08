using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary><c>serve</c> says that a connection is over before it closes it, as openssl sees it.</summary>
public sealed class CloseNotifyTests : IDisposable
{
    private const string Scenario = """
        name: pair
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=pair-ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, admits: [amy-client] } }
          amy: { client: { subject: /CN=amy-client, issuer: ca } }
          carl: { client: { subject: /CN=carl-client, issuer: ca } }
        connections: [amy -> bob, { from: carl, to: bob, expect: rejected, because: not-admitted }]
        """;

    private readonly ToolFolder _folder = new();

    public CloseNotifyTests() => _folder.Write("pair.yaml", Scenario);

    [Theory]
    [InlineData("amy", "-tls1_2", "HTTP/1.1 200")]
    [InlineData("amy", "-tls1_3", "HTTP/1.1 200")]
    [InlineData("carl", "-tls1_2", "HTTP/1.1 403")]
    [InlineData("carl", "-tls1_3", "HTTP/1.1 403")]
    public async Task A_connection_ends_with_close_notify(string party, string version, string status)
    {
        await _folder.RunToolAsync("apply", "pair.yaml");
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "pair.yaml", "bob", "--listen", "localhost:0");

        string said = await CallAsync(server, party, version, "Connection: close\r\n");

        Assert.Contains(status, said, StringComparison.Ordinal);
        Assert.Matches("<<< TLS [0-9.]+, Alert \\[length 0002\\], warning close_notify", said);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_connection_that_is_open_when_the_server_ends_ends_so_too(string version)
    {
        Needs.Program("openssl");
        await _folder.RunToolAsync("apply", "pair.yaml");
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "pair.yaml", "bob", "--listen", "localhost:0");
        Task<string> calling = CallAsync(server, "amy", version, "");
        await server.WaitUntilSaidAsync(said => said.Contains("200 GET /", StringComparison.Ordinal));

        Assert.Equal(0, await server.StopAsync());

        Assert.Matches("<<< TLS [0-9.]+, Alert \\[length 0002\\], warning close_notify", await calling);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> CallAsync(ToolServer server, string party, string version, string header)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        BufferedCommandResult result = await Cli.Wrap(Needs.Program("openssl"))
            .WithArguments(
            [
                "s_client", "-connect", $"localhost:{server.Port}", "-CAfile", _folder.At("pair/ca.crt"), "-msg", "-ign_eof", version,
                "-cert", _folder.At($"pair/{party}_client.crt"), "-key", _folder.At($"pair/{party}_client.key"),
            ])
            .WithStandardInputPipe(PipeSource.FromString($"GET / HTTP/1.1\r\nHost: localhost\r\n{header}\r\n"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(timeout.Token);
        return result.StandardOutput + result.StandardError;
    }
}
