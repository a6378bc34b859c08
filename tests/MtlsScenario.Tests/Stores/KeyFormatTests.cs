using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.Stores;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Stores;

public sealed class KeyFormatTests : IDisposable
{
    private const string Text = "correct horse";

    private readonly Password _password = Password.Of(Encoding.ASCII.GetBytes(Text));

    public static TheoryData<KeyAlgorithm> Algorithms => Pkcs12Tests.Algorithms;

    public void Dispose() => _password.Dispose();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void An_encrypted_key_is_opened_with_its_password_and_with_no_other(KeyAlgorithm algorithm)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        byte[] pem = EncryptedKey.Write(key.ExportPkcs8(), _password, PasswordEncryption.Draw(StoreEncryption.Aes256));
        Assert.IsType<KeyReadResult.Encrypted>(PrivateKey.ReadPem(pem));
        Assert.Null(EncryptedKey.TryOpen(pem, _password, out OpenedKey? opened));
        using (opened)
        {
            Assert.Equal(key.ExportPem(), Assert.IsType<KeyReadResult.Read>(opened!.Key).Key.ExportPem());
            Assert.Equal("AES-256-CBC, PBKDF2-HMAC-SHA256 2048", opened.Encryption.Text);
            Assert.Equal(pem, EncryptedKey.Write(key.ExportPkcs8(), _password, opened.Encryption));
        }

        using Password other = Password.WellKnown();
        Assert.Equal(StoreFaultKind.WrongPassword, EncryptedKey.TryOpen(pem, other, out _)?.Kind);
        Assert.Equal(StoreFaultKind.Damaged, EncryptedKey.TryOpen(key.ExportPem(), _password, out _)?.Kind);
    }

    [Theory]
    [InlineData(PbeEncryptionAlgorithm.Aes128Cbc, "SHA1")]
    [InlineData(PbeEncryptionAlgorithm.Aes192Cbc, "SHA384")]
    [InlineData(PbeEncryptionAlgorithm.Aes256Cbc, "SHA512")]
    [InlineData(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, "SHA1")]
    public void What_the_platform_encrypts_is_opened_in_PEM_and_DER_and_nothing_is_thrown(PbeEncryptionAlgorithm cipher, string digest)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] der = key.ExportEncryptedPkcs8PrivateKey(Text, new PbeParameters(cipher, new HashAlgorithmName(digest), 10));
        foreach (byte[] file in new[] { der, Pem.Encode(Pem.EncryptedPrivateKey, der) })
        {
            Assert.Null(EncryptedKey.TryOpen(file, _password, out OpenedKey? opened));
            using (opened)
            {
                Assert.Equal(key.ExportSubjectPublicKeyInfo(), Assert.IsType<KeyReadResult.Read>(opened!.Key).Key.SubjectPublicKeyInfo.ToArray());
            }
        }

        var random = new Random(5);
        for (int position = 0; position < der.Length; position++)
        {
            Assert.NotNull(EncryptedKey.TryOpen(der.AsMemory(0, position), _password, out _));
            byte[] changed = [.. der];
            changed[position] ^= (byte)(1 << random.Next(8));
            EncryptedKey.TryOpen(changed, _password, out OpenedKey? opened);
            opened?.Dispose();
        }
    }

    [Fact]
    public void The_platform_opens_an_encrypted_key_that_is_written()
    {
        using PrivateKey key = PrivateKey.Generate(KeyAlgorithm.EcP384);
        using ECDsa read = ECDsa.Create();
        read.ImportFromEncryptedPem(
            Encoding.ASCII.GetString(EncryptedKey.Write(key.ExportPkcs8(), _password, PasswordEncryption.Draw(StoreEncryption.Aes256))), Text);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), read.ExportSubjectPublicKeyInfo());
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_traditional_form_is_the_platforms(KeyAlgorithm algorithm)
    {
        using PrivateKey key = PrivateKey.Generate(algorithm);
        byte[] pkcs8 = key.ExportPkcs8();
        byte[]? written = TraditionalKey.TryWrite(pkcs8);
        using AsymmetricAlgorithm? platform = algorithm == KeyAlgorithm.Ed25519 ? null : KeyNames.Of(algorithm)[0] == 'r' ? RSA.Create() : ECDsa.Create();
        platform?.ImportPkcs8PrivateKey(pkcs8, out _);
        string? expected = platform switch
        {
            RSA rsa => rsa.ExportRSAPrivateKeyPem() + "\n",
            ECDsa ec => ec.ExportECPrivateKeyPem() + "\n",
            _ => null,
        };
        Assert.Equal(expected, written is null ? null : Encoding.ASCII.GetString(written));
    }

    [Fact]
    public void A_p7b_is_read_in_its_order_and_nothing_is_thrown()
    {
        using var sample = new StoreSample();
        byte[] file = Pkcs7.Write(sample.Chain);
        Assert.True(Pem.TryDecode(file, "PKCS7", out byte[] der));
        foreach (byte[] form in new[] { file, der })
        {
            Assert.Null(Pkcs7.TryRead(form, out IReadOnlyList<ReadOnlyMemory<byte>>? read));
            Assert.Equal(sample.Chain.Select(certificate => Convert.ToHexString(certificate.Span)), read!.Select(certificate => Convert.ToHexString(certificate.Span)));
        }

        for (int position = 0; position < der.Length; position++)
        {
            Assert.NotNull(Pkcs7.TryRead(der.AsMemory(0, position), out _));
            byte[] changed = [.. der];
            changed[position] ^= 0x11;
            Pkcs7.TryRead(changed, out _);
        }
    }

    [Fact]
    public void The_manifests_of_Kubernetes_have_the_files()
    {
        Assert.Equal(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: bob-server\ntype: kubernetes.io/tls\ndata:\n  tls.crt: Y2hhaW4=\n  tls.key: a2V5\n  ca.crt: Y2E=\n",
            Encoding.ASCII.GetString(KubernetesWriter.Secret("bob-server", "chain"u8, "key"u8, [.. "ca"u8])));
        Assert.EndsWith("\n  tls.key: a2V5\n", Encoding.ASCII.GetString(KubernetesWriter.Secret("bob-server", "chain"u8, "key"u8, null)), StringComparison.Ordinal);
        Assert.Equal(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bob-server\ndata:\n  ca.crt: |\n    one\n    two\n",
            Encoding.ASCII.GetString(KubernetesWriter.ConfigMap("bob-server", "one\ntwo\n"u8)));
    }
}
