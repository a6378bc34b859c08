using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary><c>show HOST:PORT</c>, of openssl's server.</summary>
public sealed class ServerInquiryTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_server_presents_speaks_and_asks_for_is_shown()
    {
        _folder.Write("shop.yaml", """
            name: shop
            defaults: { key: ec-p256 }
            authorities:
              root: { subject: /CN=root }
              issuing: { subject: /CN=issuing, issuer: root }
              customers: { subject: /O=Customers/CN=customers }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: issuing } }
              amy: { client: { subject: /CN=amy, issuer: customers } }
            connections: [amy -> bob]
            """);
        await _folder.RunToolAsync("apply", "shop.yaml");
        int[] ports = FreePort.Take(4);
        string[] server = ["openssl", "s_server", "-www", "-cert", "bob_server.crt", "-cert_chain", "bob_server.chain.crt", "-key", "bob_server.key", "-accept"];
        await using RunningProgram strict = await RunningProgram.StartServerAsync(
            _folder.At("shop"), ports[0], [.. server, $"localhost:{ports[0]}", "-Verify", "1", "-verify_return_error", "-CAfile", "customers.crt", "-no-CApath"]);
        await using RunningProgram old = await RunningProgram.StartServerAsync(_folder.At("shop"), ports[1], [.. server, $"localhost:{ports[1]}", "-tls1_2"]);

        string shown = await _folder.RunToolAsync("show", $"localhost:{ports[0]}");

        Assert.StartsWith($"localhost:{ports[0]}: TLS 1.2 and 1.3, key exchange x25519; asks clients for a certificate of CN=customers, O=Customers\n\n", shown, StringComparison.Ordinal);
        Assert.Contains($"localhost:{ports[0]} #1: end entity\n", shown, StringComparison.Ordinal);
        Assert.Contains($"localhost:{ports[0]} #2: authority\n", shown, StringComparison.Ordinal);
        Assert.Contains("/CN=issuing", shown, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(await _folder.RunToolAsync("show", $"localhost:{ports[1]}", "--json"))!;
        Assert.Equal("""["1.2"]""", json["tlsVersions"]!.ToJsonString());
        Assert.Null(json["keyExchange"]);
        Assert.False(json["asksForCertificate"]!.GetValue<bool>());
        Assert.Equal(2, json["presents"]!["certificates"]!.AsArray().Count);

        await using RunningProgram hybrid = await RunningProgram.StartServerAsync(
            _folder.At("shop"), ports[3], [OpenSslPrograms.Needed("3.5"), .. server[1..], $"localhost:{ports[3]}"]);
        Assert.StartsWith($"localhost:{ports[3]}: TLS 1.2 and 1.3, key exchange X25519MLKEM768; asks clients for no certificate\n", await _folder.RunToolAsync("show", $"localhost:{ports[3]}"), StringComparison.Ordinal);

        BufferedCommandResult nobody = await _folder.TryToolAsync("show", $"localhost:{ports[2]}");
        Assert.Equal(3, nobody.ExitCode);
        Assert.StartsWith($"error: localhost:{ports[2]} cannot be reached: ", nobody.StandardError, StringComparison.Ordinal);
    }
}
