using System.Net;
using System.Net.Sockets;
using CliWrap.Buffered;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary>What <c>call</c> says where it does not get through.</summary>
public sealed class CallAdviceTests : IDisposable
{
    private const string Scenario = """
        name: old
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=old-ca }
          old_ca: { subject: /CN=old-issuing-ca, issuer: ca, lifetime: { from: 2019-01-01T00:00:00Z, until: 2020-01-01T00:00:00Z } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, listen: "localhost:PORT" } }
          amy: { client: { subject: /CN=amy-client, issuer: ca, trusts: [ca], lifetime: { from: -9d, until: -1d } } }
          zoe: { client: { subject: /CN=zoe-client, issuer: old_ca, trusts: [ca] } }
          ann: { client: { subject: /CN=ann-client, issuer: ca } }
        connections:
          - ann -> bob
          - { from: amy, to: bob, expect: rejected, because: expired }
          - { from: zoe, to: bob, expect: rejected, because: expired }
        """;

    private readonly ToolFolder _folder = new();

    [Theory]
    [InlineData("amy", "amy_client")]
    [InlineData("zoe", "old_ca")]
    public async Task A_certificate_that_is_meant_to_be_expired_is_not_to_be_renewed(string party, string stem)
    {
        _folder.Write("old.yaml", Scenario.Replace("PORT", "3000", StringComparison.Ordinal));
        await _folder.RunToolAsync("apply", "old.yaml");
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "old.yaml", "bob", "--listen", "localhost:0");
        _folder.Write("old.yaml", (await File.ReadAllTextAsync(_folder.At("old.yaml"))).Replace("3000", $"{server.Port}", StringComparison.Ordinal));

        BufferedCommandResult call = await _folder.TryToolAsync("call", "old.yaml", party);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains($"bob turned {party} away: expired", call.StandardError, StringComparison.Ordinal);
        Assert.Contains($"hint: the scenario itself writes down when {stem} ends", call.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("mtls-scenario apply", call.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_ran_out_is_to_be_renewed_by_a_whole_command()
    {
        _folder.Write("pair.yaml", """
            name: pair
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=pair-ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy-client, issuer: ca, lifetime: LIFE } }
            connections: [amy -> bob]
            """.Replace("LIFE", "{ from: -9d, until: -1d }", StringComparison.Ordinal));
        await _folder.RunToolAsync("apply", "pair.yaml", "-d", "certs");
        _folder.Write("pair.yaml", (await File.ReadAllTextAsync(_folder.At("pair.yaml"))).Replace("{ from: -9d, until: -1d }", "8d", StringComparison.Ordinal));
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "pair.yaml", "bob", "-d", "certs", "--listen", "localhost:0");
        _folder.Write("pair.yaml", (await File.ReadAllTextAsync(_folder.At("pair.yaml"))).Replace("/CN=localhost,", $"/CN=localhost, listen: \"localhost:{server.Port}\",", StringComparison.Ordinal));

        BufferedCommandResult call = await _folder.TryToolAsync("call", "pair.yaml", "amy", "-d", "certs");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("hint: renew amy's certificate and those above it: mtls-scenario apply pair.yaml -d certs\n", call.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\u0015\u0003\u0003\u0000\u0002\u0002\u0028")]
    [InlineData("\u0016\u0003\u0003\u0000\u0004\u0002\u0000\u0000\u0000")]
    public async Task No_exception_is_passed_on_that_only_points_to_another(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _folder.Write("old.yaml", Scenario.Replace("PORT", "3000", StringComparison.Ordinal));
        await _folder.RunToolAsync("apply", "old.yaml");
        Task<BufferedCommandResult> calling = _folder.TryToolAsync("call", "old.yaml", "amy", $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using (TcpClient caller = await listener.AcceptTcpClientAsync())
        {
            await caller.GetStream().ReadAtLeastAsync(new byte[4096], 1);
            await caller.GetStream().WriteAsync(answer.Select(character => (byte)character).ToArray());
        }

        BufferedCommandResult call = await calling;

        Assert.True(call.ExitCode is 1 or 3, call.StandardError);
        Assert.Contains("error: ", call.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", call.StandardOutput + call.StandardError, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
