using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunit;

namespace MtlsScenario.Tool.Tests.Layouts;

public sealed class ShowCommandTests : IDisposable
{
    private const string Scenario = """
        name: small
        authorities:
          ca: { subject: /CN=my-ca, key: ec-p256 }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, key: ec-p256, trusts: [ca] }
        """;

    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task A_scenario_without_its_folder_is_shown_as_it_would_be_issued()
    {
        _folder.Write("small.yaml", Scenario);
        ToolRun run = await _folder.RunAsync("show", "small.yaml");
        Assert.Equal((0, "there is no ./small; what would be issued:\n"), (run.ExitCode, run.Error));
        Assert.Contains("  serialNumber            random, 159 bits\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  validity                365d from issuance\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  trusted by              bob_server\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_with_its_folder_is_shown_as_it_is_there()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("apply", "small.yaml");
        ToolRun run = await _folder.RunAsync("show", "small.yaml");
        Assert.Equal((0, "what is in ./small:\n"), (run.ExitCode, run.Error));
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificateFromFile(_folder.PathOf("small/bob_server.crt"));
        Assert.Contains($"0x{leaf.SerialNumber}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{leaf.NotAfter.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("                          364 days left\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  authorityKeyIdentifier  that of ca\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_that_others_made_are_shown_and_keys_are_only_noticed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(1024);
        using X509Certificate2 root = new CertificateRequest("CN=other\u001b[2J", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(-5));
        _folder.Write("x/sub/one.pem", root.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(_folder.PathOf("x/two.cer"), root.RawData);
        _folder.Write("x/weak.key", rsa.ExportPkcs8PrivateKeyPem());
        _folder.Write("x/broken.crt", root.ExportCertificatePem().Replace("MI", "AA", StringComparison.Ordinal));
        _folder.Write("x/notes.txt", "nothing");

        ToolRun run = await _folder.RunAsync("show", "x");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            sub/one: end entity
              version                 v3
            """.ReplaceLineEndings("\n"),
            string.Join('\n', run.Output.Split('\n').Take(2)));
        Assert.Contains("  subject                 /CN=other\\e[2J\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  issuer                  itself\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("                          expired 5 days ago\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            """
              key file                sub/one.pem
              certificate file        sub/one.pem
              certificate file        two.cer

            other files
              broken.crt: a certificate that cannot be read
              notes.txt
              weak.key: key, RSA 1024 bits

            """.ReplaceLineEndings("\n"),
            run.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_is_printed_for_programs_too()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("apply", "small.yaml");
        using JsonDocument json = JsonDocument.Parse((await _folder.RunAsync("show", "small.yaml", "--json")).Output);
        JsonElement server = json.RootElement.GetProperty("certificates")[1];
        Assert.Equal("bob_server", server.GetProperty("stem").GetString());
        Assert.Equal("server of bob", server.GetProperty("part").GetString());
        Assert.Equal("ca", server.GetProperty("trusts")[0].GetString());
        JsonElement says = server.GetProperty("says");
        Assert.Equal(364, says.GetProperty("daysLeft").GetInt32());
        Assert.Equal("/CN=my-ca (ca)", says.GetProperty("issuer").GetString());
        JsonElement constraints = says.GetProperty("extensions")[0];
        Assert.Equal("basicConstraints", constraints.GetProperty("name").GetString());
        Assert.True(constraints.GetProperty("critical").GetBoolean());
    }

    [Fact]
    public async Task One_certificate_is_shown_alone()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("apply", "small.yaml");
        ToolRun run = await _folder.RunAsync("show", "small/bob_server.crt");
        Assert.StartsWith("bob_server: end entity\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  issuer                  /CN=my-ca, not here\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_named_must_be_there()
    {
        _folder.Write("small.yaml", Scenario);
        ToolRun run = await _folder.RunAsync("show", "small.yaml", "-d", "nowhere");
        Assert.Equal((3, "error: there is no folder nowhere\n  hint: make it with apply\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => _folder.Dispose();
}
