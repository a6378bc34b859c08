using System.Diagnostics;
using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>A private key in memory. Whoever made or read it disposes of it. One instance is for one thread at a time.</summary>
internal abstract class PrivateKey : IDisposable
{
    /// <summary>Its kind and size.</summary>
    public abstract KeyAlgorithm Algorithm { get; }

    /// <summary>The public key, DER (RFC 5280 section 4.1.2.7).</summary>
    public abstract ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Whether each signature of a message is the same: ECDSA by RFC 6979, and ML-DSA without hedging (FIPS 204 section 3.4).</summary>
    public bool IsDeterministic { get; set; }

    /// <summary>A new key, from the platform's generator.</summary>
    public static PrivateKey Generate(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096 => RsaPrivateKey.Generate(algorithm),
        KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521 => EcPrivateKey.Generate(algorithm),
        KeyAlgorithm.Ed25519 => Ed25519PrivateKey.Generate(),
        KeyAlgorithm.MlDsa44 or KeyAlgorithm.MlDsa65 or KeyAlgorithm.MlDsa87 => MlDsaPrivateKey.Generate(algorithm),
        _ => throw new UnreachableException(),
    };

    /// <summary>Reads the first private key of a PEM text: PKCS#8, PKCS#1 (RSA) or SEC1 (EC).</summary>
    public static KeyReadResult ReadPem(ReadOnlySpan<byte> pem) => PrivateKeyReader.ReadPem(pem);

    /// <summary>Reads an unencrypted private key in DER.</summary>
    /// <param name="label">The label that it has in PEM, which says its form.</param>
    /// <param name="der">The caller clears it.</param>
    public static KeyReadResult ReadDer(string label, byte[] der) => PrivateKeyReader.ReadDer(label, der);

    /// <summary>Signs: RSASSA-PKCS1-v1_5, ECDSA (a DER sequence), Ed25519 or ML-DSA.</summary>
    /// <param name="data">What is signed, not its digest.</param>
    /// <param name="digest">Ignored by an Ed25519 or ML-DSA key.</param>
    public abstract byte[] Sign(ReadOnlySpan<byte> data, DigestAlgorithm digest);

    /// <summary>The unencrypted PKCS#8 PrivateKeyInfo, DER, byte for byte as openssl writes it. The caller clears it.</summary>
    public abstract byte[] ExportPkcs8();

    /// <summary>An independent copy, for another thread. The caller disposes of it.</summary>
    public PrivateKey Clone()
    {
        PrivateKey copy = Copy();
        copy.IsDeterministic = IsDeterministic;
        return copy;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The PKCS#8 key as PEM, ASCII, with a newline at the end. The caller clears it.</summary>
    public byte[] ExportPem()
    {
        byte[] pkcs8 = ExportPkcs8();
        byte[] pem = Pem.Encode(Pem.PrivateKey, pkcs8);
        CryptographicOperations.ZeroMemory(pkcs8);
        return pem;
    }

    /// <summary>Whether that is the public key of this one, however it is encoded.</summary>
    public bool Matches(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        if (SubjectPublicKeyInfo.Span.SequenceEqual(subjectPublicKeyInfo.Span))
        {
            return true;
        }

        using PublicKey? other = PublicKey.TryRead(subjectPublicKeyInfo);
        return other is not null && other.Canonical.Span.SequenceEqual(SubjectPublicKeyInfo.Span);
    }

    /// <summary>An independent copy of the key itself.</summary>
    protected abstract PrivateKey Copy();

    /// <summary>The platform's name for a digest.</summary>
    protected static HashAlgorithmName NameOf(DigestAlgorithm digest) => digest switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new UnreachableException(),
    };
}
