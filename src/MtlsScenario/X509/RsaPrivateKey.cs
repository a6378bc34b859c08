using System.Diagnostics;
using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>An RSA key, by the platform.</summary>
internal sealed class RsaPrivateKey : PrivateKey
{
    private readonly RSA _rsa;

    private RsaPrivateKey(RSA rsa, KeyAlgorithm algorithm)
    {
        _rsa = rsa;
        Algorithm = algorithm;
        SubjectPublicKeyInfo = rsa.ExportSubjectPublicKeyInfo();
    }

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>A new key.</summary>
    public static new RsaPrivateKey Generate(KeyAlgorithm algorithm) => new(RSA.Create(BitsOf(algorithm)), algorithm);

    /// <summary>The bits of the modulus of that kind of key.</summary>
    public static int BitsOf(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => 2048,
        KeyAlgorithm.Rsa3072 => 3072,
        KeyAlgorithm.Rsa4096 => 4096,
        _ => throw new UnreachableException(),
    };

    /// <summary>Takes over a key that was read; null where it has a size that no scenario can name.</summary>
    public static RsaPrivateKey? TryCreate(RSA rsa) => rsa.KeySize switch
    {
        2048 => new(rsa, KeyAlgorithm.Rsa2048),
        3072 => new(rsa, KeyAlgorithm.Rsa3072),
        4096 => new(rsa, KeyAlgorithm.Rsa4096),
        _ => null,
    };

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data, DigestAlgorithm digest)
    {
        byte[] signature = new byte[_rsa.KeySize / 8];
        _rsa.SignData(data, signature, NameOf(digest), RSASignaturePadding.Pkcs1);
        return signature;
    }

    /// <inheritdoc/>
    public override byte[] ExportPkcs8() => _rsa.ExportPkcs8PrivateKey();

    /// <inheritdoc/>
    protected override PrivateKey Copy()
    {
        byte[] pkcs8 = ExportPkcs8();
        RSA copy = RSA.Create();
        copy.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return new RsaPrivateKey(copy, Algorithm);
    }

    /// <inheritdoc/>
    public override void Dispose() => _rsa.Dispose();
}
