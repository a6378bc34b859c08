using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary>
/// Whole handshakes of <c>serve</c> and <c>call</c> by a party that has its stores and no other file, with curl and openssl at the other
/// end: what is in the stores goes over the wire, the intermediates too, and whoever the trust store does not know is turned away.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class StoresAloneTests : IDisposable
{
    private const string Scenario = """
        name: stores
        defaults: { key: ec-p256, formats: [p12, truststore] }
        authorities:
          ca: { subject: /CN=ca }
          issuing: { subject: /CN=issuing, issuer: ca }
          other_ca: { subject: /CN=ca }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: issuing, trusts: [ca], password: { file: secret } } }
          amy: { client: { subject: /CN=amy, issuer: issuing, trusts: [ca] } }
          eve: { client: { subject: /CN=amy, issuer: other_ca, trusts: [ca] } }
          mallory: { server: { subject: /CN=localhost, issuer: other_ca, trusts: [ca] } }
        connections: [amy -> bob]
        """;

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bob_serves_with_his_stores_alone_and_takes_up_new_ones()
    {
        await ApplyAsync("bob_server");
        await using ToolServer server = await ToolServer.StartAsync(_folder, "serve", "stores.yaml", "bob", "-d", "alone", "--listen", "localhost:0");

        Assert.Contains("subject: CN=amy", (await CurlAsync(server.Port, "--cert-type P12 --cert all/amy_client.p12:changeit")).StandardOutput, StringComparison.Ordinal);
        Assert.NotEqual(0, (await CurlAsync(server.Port, "--cert-type P12 --cert all/eve_client.p12:changeit")).ExitCode);
        Assert.NotEqual(0, (await CurlAsync(server.Port, "")).ExitCode);
        await server.WaitUntilSaidAsync(said => said.Contains("unknown-issuer", StringComparison.Ordinal) && said.Contains("no-certificate", StringComparison.Ordinal));
        string before = await PresentedAsync(server.Port);

        await _folder.RunToolAsync("apply", "stores.yaml", "-d", "all", "--renew");
        Take("bob_server");

        Assert.NotEqual(before, await PresentedAsync(server.Port));
        await server.WaitUntilSaidAsync(said => said.Contains("took up the files that changed", StringComparison.Ordinal));
        Assert.Equal(["bob_server.p12", "bob_server.trust.p12"], Alone());
    }

    [Fact]
    public async Task Amy_calls_with_her_stores_alone_and_only_who_is_bob()
    {
        await ApplyAsync("amy_client");
        (int bob, int mallory) = (FreePort.Take(), FreePort.Take());
        await using RunningProgram good = await ServerAsync(bob, "bob_server.chain.crt", "bob_server.key");
        await using RunningProgram bad = await ServerAsync(mallory, "mallory_server.crt", "mallory_server.key");

        BufferedCommandResult let = await CallAsync(bob);
        BufferedCommandResult turned = await CallAsync(mallory);

        Assert.True(let.ExitCode == 0, let.StandardError);
        Assert.StartsWith($"200 from https://localhost:{bob}", let.StandardOutput, StringComparison.Ordinal);
        Assert.Matches(@"verify return:1[\s\S]*depth=2 CN = ca|depth=2 CN = ca[\s\S]*verify return:1", good.Said);
        Assert.Equal(1, turned.ExitCode);
        Assert.Contains("unknown-issuer", turned.StandardError, StringComparison.Ordinal);
        Assert.Equal(["amy_client.p12", "amy_client.trust.p12"], Alone());
    }

    private async Task ApplyAsync(string stem)
    {
        _folder.Write("stores.yaml", Scenario);
        _folder.Write("secret", "correct horse\n");
        File.SetUnixFileMode(_folder.At("secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await _folder.RunToolAsync("apply", "stores.yaml", "-d", "all");
        Directory.CreateDirectory(_folder.At("alone"));
        Take(stem);
    }

    /// <summary>Puts the stores of a party, each by a rename, where nothing else lies.</summary>
    private void Take(string stem)
    {
        foreach (string suffix in new[] { ".p12", ".trust.p12" })
        {
            File.Copy(_folder.At($"all/{stem}{suffix}"), _folder.At("new"));
            File.Move(_folder.At("new"), _folder.At($"alone/{stem}{suffix}"), overwrite: true);
        }
    }

    private string[] Alone() => [.. Directory.GetFileSystemEntries(_folder.At("alone")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private Task<BufferedCommandResult> CurlAsync(int port, string identity) =>
        Shell.RunAsync(_folder.Root, $"curl -sS --cacert all/ca.crt --capath /dev/null {identity} https://localhost:{port}/");

    private Task<BufferedCommandResult> CallAsync(int port) =>
        _folder.TryToolAsync("call", "stores.yaml", "amy", "-d", "alone", $"https://localhost:{port}/");

    private Task<RunningProgram> ServerAsync(int port, string certificates, string key) => RunningProgram.StartServerAsync(
        _folder.At("all"), port, "openssl", "s_server", "-accept", port.ToString(CultureInfo.InvariantCulture), "-cert_chain", certificates, "-cert", certificates, "-key", key,
        "-CAfile", "ca.crt", "-no-CApath", "-Verify", "3", "-verify_return_error", "-www");

    /// <summary>The certificate that the server presents, with the one above it, to whom knows the root alone.</summary>
    private async Task<string> PresentedAsync(int port)
    {
        string said = (await Shell.RunAsync(
            _folder.Root, $"openssl s_client -connect localhost:{port} -CAfile all/ca.crt -no-CApath -verify_return_error -showcerts -cert all/amy_client.chain.crt -key all/amy_client.key")).StandardOutput;
        Assert.Contains("Verify return code: 0 (ok)", said, StringComparison.Ordinal);
        string[] certificates = [.. Certificate().Matches(said).Select(match => match.Value)];
        Assert.Equal(2, certificates.Length);
        return certificates[0];
    }

    [GeneratedRegex("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")]
    private static partial Regex Certificate();
}
