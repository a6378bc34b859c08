using System.Net;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary>A scenario that changes while <c>serve</c> runs, behind a link, as where a volume is mounted: what can be used is taken up, and nothing by halves.</summary>
public sealed class ChangedScenarioTests : IDisposable
{
    private const string Scenario = """
        name: live
        defaults: { key: ec-p256 }
        authorities: { ca: { subject: /CN=ca }, other: { subject: /CN=other } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, trusts: [TRUSTS], ADMITS } }
          amy: { client: { subject: /CN=amy, issuer: ca } }
        connections: [amy -> bob]
        """;

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_can_be_used_is_taken_up_and_all_else_is_said_and_leaves_what_was_there()
    {
        Directory.CreateDirectory(_folder.At("data"));
        Write("ca", "admits: [amy]");
        File.CreateSymbolicLink(_folder.At("live.yaml"), "data/live.yaml");
        await _folder.RunToolAsync("apply", "live.yaml");
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "live.yaml", "bob", "--listen", "localhost:0");
        using HttpClient amy = await AmyAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await amy.GetAsync("/")).StatusCode);

        Write("ca", "admits: [carl]");
        Assert.Equal(HttpStatusCode.Forbidden, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, "took up the scenario that changed");

        File.WriteAllText(_folder.At("data/live.yaml"), "name: live\nparties: {}\n");
        Assert.Equal(HttpStatusCode.Forbidden, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, "the scenario changed, and is not taken up: live.yaml:1:1: error missing-key: ");

        Write("ca", "admits: [amy]", "bobby");
        Assert.Equal(HttpStatusCode.Forbidden, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, "the scenario changed, and is not taken up: there is no party \"bob\" in live; it has bobby, amy");

        // Its file is yet to come, and with it whom it admits.
        Write("ca, other", "admits: [amy]");
        Assert.Equal(HttpStatusCode.Forbidden, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, "the scenario changed, and is not taken up: bob_server.trust.crt is missing");
        await _folder.RunToolAsync("apply", "live.yaml");
        Assert.Equal(HttpStatusCode.OK, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, "took up the files that changed");

        File.Delete(_folder.At("data/live.yaml"));
        Assert.Equal(HttpStatusCode.OK, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, "the scenario changed, and is not taken up: live.yaml:1:1: error unreadable-file: ");
    }

    [Fact]
    public async Task Another_place_to_listen_is_said_to_need_a_new_start()
    {
        int[] ports = Configs.FreePort.Take(2);
        Directory.CreateDirectory(_folder.At("data"));
        Write("ca", $"listen: \"localhost:{ports[0]}\"");
        await _folder.RunToolAsync("apply", "data/live.yaml");
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "data/live.yaml", "bob");
        using HttpClient amy = await AmyAsync(server);

        Write("ca", $"listen: \"localhost:{ports[1]}\", tlsMin: 1.3");

        Assert.Equal(HttpStatusCode.OK, (await amy.GetAsync("/")).StatusCode);
        await SaidAsync(server, $"still listens on localhost:{ports[0]}, and on localhost:{ports[1]} once it is started anew");
        await SaidAsync(server, "took up the scenario that changed");
    }

    private void Write(string trusts, string admits, string bob = "bob") => _folder.Write("data/live.yaml", Scenario
        .Replace("TRUSTS", trusts, StringComparison.Ordinal).Replace("ADMITS", admits, StringComparison.Ordinal).Replace("bob:", $"{bob}:", StringComparison.Ordinal)
        .Replace("-> bob", $"-> {bob}", StringComparison.Ordinal));

    private static Task SaidAsync(ToolServer server, string words) => server.WaitUntilSaidAsync(said => said.Contains(words, StringComparison.Ordinal));

    /// <summary>A client that keeps its connection.</summary>
    private async Task<HttpClient> AmyAsync(ToolServer server)
    {
        X509Certificate2 own = _folder.Load("live/amy_client");
        X509Certificate2 anchor = X509CertificateLoader.LoadCertificate(await File.ReadAllBytesAsync(_folder.At("live/ca.crt")));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.ClientCertificates = [own];
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(anchor);
        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{server.Port}") };
    }
}
