using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Products;

/// <summary>Databases and brokers that run already, tried and called in their own words.</summary>
[Collection(nameof(ProductServers))]
public sealed class ProductAgainstTests(ProductServers servers) : IDisposable
{
    private readonly ToolFolder _folder = new();

    [Theory]
    [InlineData(nameof(ConfigProgram.Postgres), "postgres://amy@localhost:{0}/postgres", "AuthenticationRequest")]
    [InlineData(nameof(ConfigProgram.MySql), "mysql://amy@localhost:{0}", "OK")]
    [InlineData(nameof(ConfigProgram.Redis), "redis://localhost:{0}", "+PONG")]
    [InlineData(nameof(ConfigProgram.Mosquitto), "mqtt://localhost:{0}", "CONNACK 0")]
    [InlineData(nameof(ConfigProgram.RabbitMq), "amqp://localhost:{0}", "Connection.Start")]
    [InlineData(nameof(ConfigProgram.RabbitMq), "raw://localhost:{0}", "an answer")]
    public async Task Who_is_let_in_is_said_to_be_and_who_is_not_is_not(string program, string pattern, string answer)
    {
        ProductServer server = await servers.OfAsync(program);
        int port = server.Made.Scenario.Party("bob").Called!.Listen.Port;
        string url = pattern.Replace("{0}", $"{port}", StringComparison.Ordinal);
        File.WriteAllBytes(_folder.At("first"), [.. "AMQP"u8, 0, 0, 9, 1]);
        string[] send = url.StartsWith("raw", StringComparison.Ordinal) ? ["--send", "first"] : [];
        _folder.Write("right.yaml", Scenario("", "expect: rejected, because: expired", "expect: rejected, because: unknown-issuer", "expect: rejected, because: no-certificate"));
        _folder.Write("wrong.yaml", Scenario(", expect: rejected", "expect: rejected, because: revoked", "expect: accepted", "expect: rejected, because: name-mismatch, by: client"));

        BufferedCommandResult right = await RunAsync("test", "right.yaml", "--against", $"bob={url}"), wrong = await RunAsync("test", "wrong.yaml", "--against", $"bob={url}");
        Assert.True(right.ExitCode == 0 && right.StandardOutput.EndsWith("\n8 passed, 0 failed\n", StringComparison.Ordinal), right.StandardOutput + right.StandardError);
        Assert.True(wrong.ExitCode == 1 && wrong.StandardOutput.EndsWith("\n0 passed, 8 failed\n", StringComparison.Ordinal), wrong.StandardOutput + wrong.StandardError);

        BufferedCommandResult amy = await RunAsync("call", "right.yaml", "amy", url), mallory = await RunAsync("call", "right.yaml", "mallory", url);
        Assert.True(amy.ExitCode == 0 && amy.StandardOutput.StartsWith($"let in by {url.Replace("amy@", "", StringComparison.Ordinal).Replace("/postgres", "", StringComparison.Ordinal)}, TLS 1.3, TLS_", StringComparison.Ordinal), amy.StandardOutput + amy.StandardError);
        Assert.EndsWith($"\n{answer}\n", amy.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(1, mallory.ExitCode);
        Assert.Contains($"\nerror: the server at localhost:{port} turned mallory away", mallory.StandardError, StringComparison.Ordinal);

        BufferedCommandResult probe = await RunAsync("probe", "right.yaml", "amy", url, "--only", "none,unknown-ca,expired,wrong-proof", "--timeout", "60");
        Assert.True(probe.ExitCode == 0 && probe.StandardOutput.EndsWith("\n0 let in, 8 rejected, 0 undecided, 0 not tried, 0 do not apply\n", StringComparison.Ordinal), probe.StandardOutput + probe.StandardError);

        Task<BufferedCommandResult> RunAsync(params string[] arguments) => _folder.TryToolAsync([.. arguments, "-d", server.Made.Folder, .. send]);
    }

    public void Dispose() => _folder.Dispose();

    private static string Scenario(string amy, string late, string mallory, string nobody) => $$"""
        name: configured
        defaults: { key: ec-p256 }
        authorities: { bob_ca: { subject: /CN=bob_ca }, root: { subject: /CN=root }, ica: { subject: /CN=ica, issuer: root }, other_ca: { subject: /CN=other_ca } }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ica, names: [localhost], trusts: [root] } }
          amy: { client: { subject: /CN=amy, issuer: ica, trusts: [root] } }
          late: { client: { subject: /CN=amy, issuer: ica, trusts: [root], lifetime: { from: -2d, until: -1d } } }
          mallory: { client: { subject: /CN=amy, issuer: other_ca, trusts: [root] } }
        connections:
          - { from: amy, to: bob{{amy}} }
          - { from: late, to: bob, {{late}} }
          - { from: mallory, to: bob, {{mallory}} }
          - { from: amy, to: bob, presents: nothing, {{nobody}} }
        """;
}
