using System.Security.Cryptography;
using MtlsScenario.Model;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MtlsScenario.X509;

/// <summary>An Ed25519 key (RFC 8032), by BouncyCastle: the platform has none.</summary>
internal sealed class Ed25519PrivateKey : PrivateKey
{
    // PrivateKeyInfo of version 0 without the public key (RFC 8410 section 7): the one form that every OpenSSL reads.
    private static readonly byte[] Pkcs8Prefix = Convert.FromHexString("302E020100300506032B657004220420");
    private static readonly byte[] PublicPrefix = Convert.FromHexString("302A300506032B6570032100");

    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];

    private Ed25519PrivateKey(byte[] seed)
    {
        _seed = seed;
        Ed25519.GeneratePublicKey(seed, 0, _publicKey, 0);
        SubjectPublicKeyInfo = EncodePublic(_publicKey);
    }

    /// <summary>How many bytes the seed has: the private key of RFC 8032.</summary>
    public static int SeedLength => Ed25519.SecretKeySize;

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm => KeyAlgorithm.Ed25519;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>A new key.</summary>
    public static Ed25519PrivateKey Generate() => new(RandomBytes.Draw(SeedLength));

    /// <summary>The key with that seed, which is copied.</summary>
    public static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed) => new(seed.ToArray());

    /// <summary>SubjectPublicKeyInfo of a public key of 32 bytes (RFC 8410 section 4).</summary>
    public static byte[] EncodePublic(ReadOnlySpan<byte> publicKey) => [.. PublicPrefix, .. publicKey];

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data, DigestAlgorithm digest)
    {
        byte[] message = data.ToArray();
        byte[] signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, _publicKey, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    /// <inheritdoc/>
    public override byte[] ExportPkcs8() => [.. Pkcs8Prefix, .. _seed];

    /// <inheritdoc/>
    protected override PrivateKey Copy() => FromSeed(_seed);

    /// <inheritdoc/>
    public override void Dispose() => CryptographicOperations.ZeroMemory(_seed);
}
