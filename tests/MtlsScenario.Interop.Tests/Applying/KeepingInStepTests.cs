using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>A layout through its life; after each change openssl verifies every chain.</summary>
public sealed class KeepingInStepTests : IDisposable
{
    private const string Scenario = """
        name: shop
        defaults: { key: ec-p256 }
        authorities:
          root: { subject: /CN=Root, lifetime: 3650d }
          issuing: { subject: /CN=Issuing, issuer: root }
          namesake: { subject: /CN=Issuing, issuer: root }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: issuing } }
          amy: { client: { subject: /CN=amy-client, issuer: issuing } }
        connections: [amy -> bob]
        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_change_reissues_just_what_must_be_with_its_reason_and_the_chains_verify()
    {
        await ApplyAsync(Scenario, "Issued 5 certificates in ./shop.");
        await ApplyAsync(Scenario, "Nothing to do: ./shop is in step with shop.");

        // A name is added.
        string named = Scenario.Replace("/CN=localhost,", "/CN=localhost, names: [localhost, 127.0.0.1],", StringComparison.Ordinal);
        await ApplyAsync(
            named,
            """
            root        nothing to do
            issuing     nothing to do
            bob_server  new request
                          it asks for something else
                        new certificate
                          names: localhost -> localhost, 127.0.0.1
                        new bob_server.chain.crt
                          follows bob_server.crt
            amy_client  nothing to do
            namesake    nothing to do
            Issued 1 certificate in ./shop.
            """);

        // The CA is deleted: first its certificate alone, then its key too.
        File.Delete(_folder.PathOf("shop/issuing.crt"));
        await ApplyAsync(
            named,
            """
            root        nothing to do
            issuing     new certificate
                          missing
            bob_server  new bob_server.chain.crt
                          follows issuing.crt
            amy_client  new amy_client.chain.crt
                          follows issuing.crt
            namesake    nothing to do
            Issued 1 certificate in ./shop.
            """);
        File.Delete(_folder.PathOf("shop/issuing.crt"));
        File.Delete(_folder.PathOf("shop/issuing.key"));
        ToolRun refused = await _folder.RunAsync("apply", "shop.yaml");
        Assert.Equal((3, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("error: issuing.key is gone, while bob_server.crt, which it signed, is there;", refused.Error, StringComparison.Ordinal);
        await ApplyAsync(
            named,
            """
            root        nothing to do
            issuing     new ec-p256 key
                          asked for
                        new request
                          key: a new one
                        new certificate
            bob_server  new certificate
                          issuer: issuing gets a new key
                        new bob_server.chain.crt
                          follows bob_server.crt
            amy_client  new certificate
                          issuer: issuing gets a new key
                        new amy_client.chain.crt
                          follows amy_client.crt
            namesake    nothing to do
            Issued 3 certificates in ./shop.
            """,
            "--new-key",
            "issuing");

        // A leaf has expired, and is mended.
        string expired = named.Replace("/CN=amy-client,", "/CN=amy-client, lifetime: { from: -20d, until: -10d },", StringComparison.Ordinal);
        _folder.Write("shop.yaml", expired);
        Assert.EndsWith("Issued 1 certificate in ./shop.\n", (await _folder.RunAsync("apply", "shop.yaml")).Output, StringComparison.Ordinal);
        Assert.Contains("certificate has expired", (await VerifyAsync("amy_client", "sslclient")).StandardError, StringComparison.Ordinal);
        await ApplyAsync(named, "Issued 1 certificate in ./shop.");

        // The issuer is swapped for one of the same name.
        await ApplyAsync(
            named.Replace("/CN=amy-client, issuer: issuing", "/CN=amy-client, issuer: namesake", StringComparison.Ordinal),
            """
            root        nothing to do
            issuing     nothing to do
            bob_server  nothing to do
            namesake    nothing to do
            amy_client  new certificate
                          issuer: not signed by the key of namesake
                        new amy_client.chain.crt
                          follows amy_client.crt
            Issued 1 certificate in ./shop.
            """);
    }

    private async Task ApplyAsync(string scenario, string end, params string[] options)
    {
        _folder.Write("shop.yaml", scenario);
        ToolRun run = await _folder.RunAsync(["apply", "shop.yaml", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.EndsWith(end.ReplaceLineEndings("\n") + "\n", run.Output, StringComparison.Ordinal);
        Assert.Equal("bob_server.crt: OK\n", (await VerifyAsync("bob_server", "sslserver")).StandardOutput);
        Assert.Equal("amy_client.crt: OK\n", (await VerifyAsync("amy_client", "sslclient")).StandardOutput);
    }

    private Task<BufferedCommandResult> VerifyAsync(string stem, string purpose) => Shell.RunAsync(
        _folder.PathOf("shop"),
        $"openssl verify -x509_strict -no-CAfile -no-CApath -trusted root.crt -untrusted {stem}.chain.crt -purpose {purpose} {stem}.crt");
}
