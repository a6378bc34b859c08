using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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
        var request = new CertificateRequest("CN=other", key, HashAlgorithmName.SHA256);
        // (What CreateSelfSigned gives has its key already.)
        var pbe = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
        (string Name, byte[] Content)[] others =
        [
            ("d.key.der", key.ExportPkcs8PrivateKey()), ("d.ec.der", key.ExportECPrivateKey()), ("d.rsa.der", rsa.ExportRSAPrivateKey()),
            ("d.enc.der", key.ExportEncryptedPkcs8PrivateKey("x", pbe)), ("d.csr.der", request.CreateSigningRequest()),
            ("d.p12", root.Export(X509ContentType.Pkcs12, "x")), ("d.p7b", new X509Certificate2Collection(root).Export(X509ContentType.Pkcs7)!),
            ("d.garbage", [0x30, 0x82, 0xff, 0xff, 1]),
        ];
        foreach ((string name, byte[] content) in others)
        {
            File.WriteAllBytes(_folder.PathOf($"x/{name}"), content);
        }

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
              key file                d.ec.der
              key file                d.key.der
              key file                sub/one.pem
              PKCS#7 file             d.p7b
              certificate file        sub/one.pem
              certificate file        two.cer

            other files
              broken.crt: a certificate that cannot be read: its DER is damaged, or that of something else
              d.csr.der: request
              d.enc.der: key, encrypted
              d.garbage
              d.p12: PKCS#12, which is not opened
              d.rsa.der: key, RSA 1024 bits
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
    public async Task A_key_that_is_named_instead_of_a_scenario_is_never_quoted()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string pem = key.ExportPkcs8PrivateKeyPem();
        _folder.Write("amy.key", pem);

        Assert.Equal(new ToolRun(0, "other files\n  amy.key: key, EC P-256\n", ""), await _folder.RunAsync("show", "amy.key"));
        foreach (string command in (string[])["validate", "plan", "apply"])
        {
            ToolRun run = await _folder.RunAsync(command, "amy.key");
            Assert.Equal(
                (2, "", "amy.key:1:1: error not-text: here begins a key or a certificate in PEM; a scenario is YAML\n"
                    + "  hint: `mtls-scenario show` says what such a file holds\n"),
                (run.ExitCode, run.Output, run.Error));
        }
    }

    [Fact]
    public async Task Of_a_file_that_is_no_certificate_it_says_why()
    {
        _folder.Write("small.yaml", Scenario);
        await _folder.RunAsync("apply", "small.yaml");
        string pem = _folder.Read("small/bob_server.crt");
        byte[] der = Convert.FromBase64String(string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-'))));
        async Task<string> Shown(string name, byte[] content)
        {
            await File.WriteAllBytesAsync(_folder.PathOf(name), content);
            return (await _folder.RunAsync("show", name)).Output;
        }

        Assert.Equal(
            "other files\n  x.crt: it is cut off: after BEGIN CERTIFICATE there is no END CERTIFICATE\n",
            await Shown("x.crt", Encoding.ASCII.GetBytes(pem[..200])));
        Assert.Contains(
            "y.pem: what stands between BEGIN CERTIFICATE and END",
            await Shown("y.pem", Encoding.ASCII.GetBytes(pem.Replace("MII", "M!I", StringComparison.Ordinal))),
            StringComparison.Ordinal);
        Assert.Contains(
            $"z.cer: it is cut off: the certificate has {der.Length} bytes", await Shown("z.cer", der[..100]), StringComparison.Ordinal);
        Assert.Contains("w.crt: 3 bytes follow the certificate", await Shown("w.crt", [.. der, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("e.crt: it is empty", await Shown("e.crt", []), StringComparison.Ordinal);

        File.Copy(_folder.PathOf("x.crt"), _folder.PathOf("small/bob_server.crt"), overwrite: true);
        Assert.Contains("after BEGIN CERTIFICATE", (await _folder.RunAsync("show", "small.yaml")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "unreadable: it is cut off: after BEGIN CERTIFICATE",
            (await _folder.RunAsync("plan", "small.yaml")).Output,
            StringComparison.Ordinal);
    }

    /// <summary>.NET checks no Ed448 either; the certificate is openssl's.</summary>
    [Fact]
    public async Task A_signature_that_cannot_be_checked_is_not_called_a_wrong_one()
    {
        _folder.Write("e448.crt", """
            -----BEGIN CERTIFICATE-----
            MIIBgjCCAQKgAwIBAgIUHWApEcxqr6mA1uHVPb9WPno3yqUwBQYDK2VxMBAxDjAM
            BgNVBAMMBWVkNDQ4MCAXDTI2MTEyNTE0MjIzOVoYDzIxMjYxMTAxMTQyMjM5WjAQ
            MQ4wDAYDVQQDDAVlZDQ0ODBDMAUGAytlcQM6AJ3MYyaW9bXErHN8CSS0S7ZtdlLU
            6h5KGI8tStk48MTzWXXFcS37fxTjIB2RD2HOY6vLG9YLn/MNgKNTMFEwHQYDVR0O
            BBYEFHRb5kARix66Nd3Vszl8Yaac8Wb6MB8GA1UdIwQYMBaAFHRb5kARix66Nd3V
            szl8Yaac8Wb6MA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VxA3MALw3F7FhdZrNi7MTS
            FQKiH/iu6Xw9sTA2whVR/e/q8qOfjzG9Guqz/Xc+GkCMVstj7Z67pbpkGpuA5kls
            1AEt+19hSiqVxJLlEBQhlvRSv9psDFbMLy/3jF7V9PR+2d7IU+++Bkof55Z0Q0ZM
            gnkcHzgA
            -----END CERTIFICATE-----
            """);

        Assert.Contains(
            "  issuer                  /CN=ed448 (e448), signature not checked\n",
            (await _folder.RunAsync("show", "e448.crt")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_was_named_must_be_there()
    {
        _folder.Write("small.yaml", Scenario);
        ToolRun run = await _folder.RunAsync("show", "small.yaml", "-d", "nowhere");
        Assert.Equal((3, "error: there is no folder nowhere\n  hint: make it: mtls-scenario apply small.yaml -d nowhere\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => _folder.Dispose();
}
