using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Issuance;

public sealed class PrivateKeyTests
{
    public static TheoryData<KeyAlgorithm> Algorithms => NativeIssuerTests.Algorithms;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_comes_back_from_its_PEM(KeyAlgorithm algorithm)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        byte[] pem = key.ExportPem();
        using PrivateKey read = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(pem)).Key;
        Assert.Equal(algorithm, read.Algorithm);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), read.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(pem, read.ExportPem());
        using PrivateKey copy = key.Clone();
        Assert.Equal(pem, copy.ExportPem());
    }

    [Fact]
    public void The_older_forms_of_openssl_are_read()
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach ((string pem, byte[] publicKey) in new[]
        {
            (rsa.ExportRSAPrivateKeyPem(), rsa.ExportSubjectPublicKeyInfo()),
            ("-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n" + ec.ExportECPrivateKeyPem(),
                ec.ExportSubjectPublicKeyInfo()),
        })
        {
            using PrivateKey key = Read(pem.ReplaceLineEndings("\r\n"));
            Assert.Equal(publicKey, key.SubjectPublicKeyInfo.ToArray());
        }
    }

    [Fact]
    public void An_Ed25519_key_that_carries_its_public_key_is_read()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.Ed25519);
        byte[] plain = key.ExportPkcs8();
        Assert.Equal(48, plain.Length);
        byte[] publicKey = key.SubjectPublicKeyInfo[^32..].ToArray();
        byte[] longForm = [0x30, 0x51, 2, 1, 1, .. plain[5..], 0x81, 33, 0, .. publicKey];
        using PrivateKey read = Read(Encoding.ASCII.GetString(Pem.Encode(Pem.PrivateKey, longForm)));
        Assert.Equal(plain, read.ExportPkcs8());
    }

    [Fact]
    public void A_cleared_ML_DSA_key_leaves_its_copy_alone()
    {
        PrivateKey key = PrivateKey.Generate(KeyAlgorithm.MlDsa44);
        byte[] pkcs8 = key.ExportPkcs8();
        using PrivateKey copy = key.Clone();
        key.Dispose();
        Assert.Equal(pkcs8, copy.ExportPkcs8());
        Assert.NotEqual(new byte[32], pkcs8[^32..]);
    }

    [Fact]
    public void An_encrypted_key_is_told_from_a_broken_one()
    {
        using RSA rsa = RSA.Create(2048);
        string encrypted = rsa.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        Assert.IsType<KeyReadResult.Encrypted>(ReadText(encrypted));
        Assert.IsType<KeyReadResult.Encrypted>(ReadText(
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"));

        string whole = rsa.ExportPkcs8PrivateKeyPem();
        Assert.IsType<KeyReadResult.Unreadable>(ReadText(whole[..(whole.Length / 2)]));
        Assert.IsType<KeyReadResult.Unreadable>(ReadText(""));
        Assert.Equal(
            "the content of the PRIVATE KEY block is damaged",
            Assert.IsType<KeyReadResult.Unreadable>(ReadText("-----BEGIN PRIVATE KEY-----\nMAAw\n-----END PRIVATE KEY-----\n")).Reason);
    }

    [Fact]
    public void A_key_that_no_scenario_can_name_is_described()
    {
        using RSA rsa = RSA.Create(1024);
        Assert.Equal(
            "RSA 1024 bits",
            Assert.IsType<KeyReadResult.UnsupportedAlgorithm>(ReadText(rsa.ExportPkcs8PrivateKeyPem())).Description);
    }

    [Fact]
    public void A_truncated_key_never_throws()
    {
        foreach (KeyAlgorithm algorithm in new[] { KeyAlgorithm.Rsa2048, KeyAlgorithm.EcP256, KeyAlgorithm.Ed25519, KeyAlgorithm.MlDsa65 })
        {
            using PrivateKey key = PrivateKey.Generate(algorithm);
            byte[] der = key.ExportPkcs8();
            for (int length = 0; length < der.Length; length += 1 + (der.Length / 200))
            {
                Assert.IsType<KeyReadResult.Unreadable>(PrivateKey.ReadPem(Pem.Encode(Pem.PrivateKey, der.AsSpan(0, length))));
            }
        }
    }

    private static KeyReadResult ReadText(string pem) => PrivateKey.ReadPem(Encoding.ASCII.GetBytes(pem));

    private static PrivateKey Read(string pem) => Assert.IsType<KeyReadResult.Read>(ReadText(pem)).Key;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_ec_key_whose_halves_do_not_belong_together_is_damaged(int half)
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] pkcs8 = key.ExportPkcs8();

        // The private key stands in the middle, the public one at the end.
        pkcs8[half == 0 ? 50 : ^5] ^= 1;

        Assert.IsType<KeyReadResult.Unreadable>(PrivateKey.ReadPem(Pem.Encode(Pem.PrivateKey, pkcs8)));
    }

    [Fact]
    public void An_ec_key_above_the_order_of_its_curve_is_damaged()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP256);
        byte[] pkcs8 = key.ExportPkcs8();
        pkcs8.AsSpan(36, 32).Fill(0xFF);

        Assert.IsType<KeyReadResult.Unreadable>(PrivateKey.ReadPem(Pem.Encode(Pem.PrivateKey, pkcs8)));
    }
}
