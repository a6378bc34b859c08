using MtlsScenario.Interop.Tests.Issuance;
using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Stores;
using MtlsScenario.Tests.Stores;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stores;

/// <summary>What openssl writes is opened, and written again byte for byte with what it drew; what is written here opens everywhere.</summary>
public sealed class OpenSslStoreTests : IDisposable
{
    private const string Text = "-$(cor)rect \"horse\" 'b' \\";

    private readonly OpenSslFolder _folder = new();
    private readonly Password _password = Password.Of(System.Text.Encoding.ASCII.GetBytes(Text));

    public static TheoryData<string, KeyAlgorithm> All
    {
        get
        {
            var all = new TheoryData<string, KeyAlgorithm>();
            foreach (string version in OpenSslPrograms.All)
            {
                foreach (KeyAlgorithm algorithm in new[] { KeyAlgorithm.Rsa2048, KeyAlgorithm.EcP256, KeyAlgorithm.EcP521, KeyAlgorithm.Ed25519 })
                {
                    all.Add(version, algorithm);
                }
            }

            return all;
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _password.Dispose();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_openssl_writes_is_written_again_byte_for_byte(string version, KeyAlgorithm algorithm)
    {
        Needs.Program("openssl");
        using StoreSample sample = Written(algorithm);
        foreach ((StoreEncryption encryption, string[] options) in new (StoreEncryption, string[])[]
        {
            (StoreEncryption.Aes256, ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"]),
            (StoreEncryption.TripleDes, ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"]),
        })
        {
            await RunAsync(
                version, ["pkcs12", "-export", "-in", "chain", "-inkey", "key", "-name", StoreSample.Alias, .. options, "-passout", "file:pass", "-out", "p12"]);
            byte[] file = _folder.Read("p12");
            Assert.Null(Pkcs12Reader.TryOpen(file, _password, out Pkcs12Content? content));
            using (content)
            {
                IdentityDraws draws = Assert.IsType<IdentityDraws>(IdentityDraws.Of(content!, encryption));
                Assert.Equal(file, Pkcs12Writer.Identity(StoreSample.Alias, sample.Pkcs8, sample.Chain, _password, draws));
            }
        }

        await RunAsync(
            version, ["pkcs8", "-topk8", "-in", "key", "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256", "-passout", "file:pass", "-out", "encrypted"]);
        Assert.Null(EncryptedKey.TryOpen(_folder.Read("encrypted"), _password, out OpenedKey? opened));
        Assert.Equal(_folder.Read("encrypted"), EncryptedKey.Write(sample.Pkcs8, _password, opened!.Encryption));
        opened.Dispose();

        await RunAsync(version, ["crl2pkcs7", "-nocrl", "-certfile", "chain", "-out", "p7b"]);
        Assert.Equal(_folder.Read("p7b"), Pkcs7.Write(sample.Chain));
        await RunAsync(version, ["pkcs8", "-topk8", "-nocrypt", "-in", "key", "-outform", "DER", "-out", "der"]);
        Assert.Equal(_folder.Read("der"), sample.Pkcs8);
        if (TraditionalKey.TryWrite(sample.Pkcs8) is { } traditional)
        {
            await RunAsync(version, ["pkey", "-in", "key", "-traditional", "-out", "traditional"]);
            Assert.Equal(_folder.Read("traditional"), traditional);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Openssl_opens_what_is_written(string version, KeyAlgorithm algorithm)
    {
        Needs.Program("openssl");
        using StoreSample sample = Written(algorithm);
        foreach (StoreEncryption encryption in Enum.GetValues<StoreEncryption>())
        {
            _folder.Write("ours", sample.Identity(_password, encryption));
            string text = await RunAsync(version, ["pkcs12", "-in", "ours", "-passin", "file:pass", "-nodes"]);
            Assert.Equal(sample.KeyPem, Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(System.Text.Encoding.ASCII.GetBytes(text))).Key.ExportPem());
            Assert.Equal(2, text.Split("BEGIN CERTIFICATE").Length - 1);
        }

        _folder.Write("ours", EncryptedKey.Write(sample.Pkcs8, _password, PasswordEncryption.Draw(StoreEncryption.Aes256)));
        Assert.Equal(System.Text.Encoding.ASCII.GetString(sample.KeyPem), await RunAsync(version, ["pkey", "-in", "ours", "-passin", "file:pass"]));
        _folder.Write("ours", Pkcs12Writer.TrustStore(sample.Anchors, _password));
        string anchors = await RunAsync(version, ["pkcs12", "-in", "ours", "-passin", "file:pass", "-nokeys"]);
        Assert.Equal(2, anchors.Split("BEGIN CERTIFICATE").Length - 1);
    }

    [Fact]
    public async Task What_else_openssl_can_write_is_opened()
    {
        using StoreSample sample = Written(KeyAlgorithm.EcP256);
        string installed = OpenSslPrograms.Installed;
        await RunAsync("1.1.1", ["pkcs12", "-export", "-in", "chain", "-inkey", "key", "-passout", "file:pass", "-out", "p12"]);
        AssertOpens("RC2-40-CBC, SHA1 2048", "HMAC-SHA1 2048");
        await RunAsync("3.5", ["pkcs12", "-export", "-in", "chain", "-inkey", "key", "-passout", "file:pass", "-pbmac1_pbkdf2", "-out", "p12"]);
        AssertOpens("AES-256-CBC, PBKDF2-HMAC-SHA256 2048", "HMAC-SHA256, PBKDF2-HMAC-SHA256 2048");
        await RunAsync(
            installed,
            [
                "pkcs12", "-export", "-in", "chain", "-inkey", "key", "-passout", "file:pass", "-keypbe", "NONE", "-certpbe", "AES-128-CBC",
                "-iter", "600000", "-macalg", "sha512", "-out", "p12",
            ]);
        AssertOpens("AES-128-CBC, PBKDF2-HMAC-SHA256 600000", "HMAC-SHA512 600000");
        await RunAsync(installed, ["pkcs12", "-export", "-in", "chain", "-inkey", "key", "-passout", "file:pass", "-nomac", "-certpbe", "AES-256-CBC", "-out", "p12"]);
        AssertOpens("AES-256-CBC, PBKDF2-HMAC-SHA256 2048", null);
        await RunAsync(installed, ["pkcs8", "-topk8", "-in", "key", "-scrypt", "-passout", "file:pass", "-out", "encrypted"]);
        Assert.Null(EncryptedKey.TryOpen(_folder.Read("encrypted"), _password, out OpenedKey? opened));
        Assert.Equal("AES-256-CBC, scrypt N=16384 r=8 p=1", opened!.Encryption.Text);
        Assert.Equal(sample.KeyPem, Assert.IsType<KeyReadResult.Read>(opened.Key).Key.ExportPem());
        opened.Dispose();
    }

    [Fact]
    public async Task Keytool_lists_what_is_written()
    {
        using StoreSample sample = Written(KeyAlgorithm.EcP256);
        _folder.Write("identity", sample.Identity(_password));
        _folder.Write("trust", Pkcs12Writer.TrustStore(sample.Anchors, _password));
        string identity = await _folder.RunProgramAsync("keytool", ["-list", "-v", "-keystore", "identity", "-storepass:file", "pass"]);
        Assert.Contains($"Alias name: {StoreSample.Alias}", identity, StringComparison.Ordinal);
        Assert.Contains("Entry type: PrivateKeyEntry\nCertificate chain length: 2\n", identity, StringComparison.Ordinal);
        foreach (string[] password in new string[][] { ["-storepass:file", "pass"], [] })
        {
            string trust = await _folder.RunProgramAsync("keytool", ["-list", "-keystore", "trust", .. password]);
            Assert.Contains("contains 2 entries", trust, StringComparison.Ordinal);
            Assert.All(sample.Anchors, anchor => Assert.Contains($"{anchor.Alias}, ", trust, StringComparison.Ordinal));
            Assert.Equal(2, trust.Split("trustedCertEntry").Length - 1);
        }
    }

    private void AssertOpens(string encryption, string? mac)
    {
        StoreFault? fault = Pkcs12Reader.TryOpen(_folder.Read("p12"), _password, out Pkcs12Content? content);
        Assert.True(fault is null, fault?.Reason);
        Assert.Equal((1, 2), (content!.Keys.Length, content.Certificates.Length));
        Assert.Equal(encryption, content.Certificates[0].Encryption?.Text);
        Assert.Equal(mac, content.Mac?.Text);
        content.Dispose();
    }

    private StoreSample Written(KeyAlgorithm algorithm)
    {
        var sample = new StoreSample(algorithm);
        _folder.Write("key", sample.KeyPem);
        _folder.Write("chain", sample.ChainPem);
        _folder.Write("pass", Text + "\n");
        return sample;
    }

    private Task<string> RunAsync(string version, string[] arguments) =>
        _folder.RunProgramAsync(OpenSslPrograms.Needed(version), arguments);
}
