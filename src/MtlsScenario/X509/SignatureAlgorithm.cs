using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>How a signature is made, as the AlgorithmIdentifier of a certificate says it (RFC 3279, 4055, 5758, 8410, 9881).</summary>
internal sealed record SignatureAlgorithm
{
    private static readonly SignatureAlgorithm[] Known =
    [
        new(Oids.Sha256WithRsa, "sha256WithRSAEncryption", SignatureKind.RsaPkcs1, HashAlgorithmName.SHA256),
        new(Oids.Sha384WithRsa, "sha384WithRSAEncryption", SignatureKind.RsaPkcs1, HashAlgorithmName.SHA384),
        new(Oids.Sha512WithRsa, "sha512WithRSAEncryption", SignatureKind.RsaPkcs1, HashAlgorithmName.SHA512),
        new(Oids.Sha1WithRsa, "sha1WithRSAEncryption", SignatureKind.RsaPkcs1, HashAlgorithmName.SHA1),
        new(Oids.EcdsaWithSha256, "ecdsa-with-SHA256", SignatureKind.Ecdsa, HashAlgorithmName.SHA256),
        new(Oids.EcdsaWithSha384, "ecdsa-with-SHA384", SignatureKind.Ecdsa, HashAlgorithmName.SHA384),
        new(Oids.EcdsaWithSha512, "ecdsa-with-SHA512", SignatureKind.Ecdsa, HashAlgorithmName.SHA512),
        new(Oids.EcdsaWithSha1, "ecdsa-with-SHA1", SignatureKind.Ecdsa, HashAlgorithmName.SHA1),
        new(Oids.Ed25519, "ED25519", SignatureKind.Ed25519, default),
        .. MlDsaVariant.All.Select(variant => new SignatureAlgorithm(variant.Oid, variant.Name, SignatureKind.MlDsa, default)),
    ];

    /// <summary>It is never found, so that nothing counts as signed by it.</summary>
    private static readonly SignatureAlgorithm s_md5 = new(Oids.Md5WithRsa, "md5WithRSAEncryption", SignatureKind.RsaPkcs1, HashAlgorithmName.MD5);

    private SignatureAlgorithm(string oid, string name, SignatureKind kind, HashAlgorithmName hash)
    {
        (Oid, Name, Kind, Hash) = (oid, name, kind, hash);
        Encoded = Encode(oid, kind == SignatureKind.RsaPkcs1);
    }

    /// <summary>The object identifier in dotted form.</summary>
    public string Oid { get; }

    /// <summary>The name that openssl prints; the object identifier where it is not one that is known here.</summary>
    public string Name { get; }

    /// <summary>The scheme.</summary>
    public SignatureKind Kind { get; }

    /// <summary>The digest of the message; default for Ed25519 and ML-DSA, which take the message itself.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The AlgorithmIdentifier in DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; private init; }

    /// <summary>The algorithm with which a key of that kind signs.</summary>
    public static SignatureAlgorithm For(KeyAlgorithm key, DigestAlgorithm digest) => Find(key switch
    {
        KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096 => digest switch
        {
            DigestAlgorithm.Sha256 => Oids.Sha256WithRsa,
            DigestAlgorithm.Sha384 => Oids.Sha384WithRsa,
            _ => Oids.Sha512WithRsa,
        },
        KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521 => digest switch
        {
            DigestAlgorithm.Sha256 => Oids.EcdsaWithSha256,
            DigestAlgorithm.Sha384 => Oids.EcdsaWithSha384,
            _ => Oids.EcdsaWithSha512,
        },
        KeyAlgorithm.Ed25519 => Oids.Ed25519,
        _ => MlDsaVariant.Of(key).Oid,
    })!;

    /// <summary>The algorithm with which a key of that kind signs by a digest that no scenario can name; null where there is none.</summary>
    public static SignatureAlgorithm? For(KeyAlgorithm key, HashAlgorithmName hash)
    {
        SignatureKind kind = For(key, DigestAlgorithm.Sha256).Kind;
        return Array.Find([.. Known, s_md5], known => known.Kind == kind && known.Hash == hash);
    }

    /// <summary>What an AlgorithmIdentifier says, whoever wrote it.</summary>
    /// <exception cref="AsnContentException">It is no AlgorithmIdentifier.</exception>
    public static SignatureAlgorithm Read(ReadOnlyMemory<byte> encoded)
    {
        AsnReader algorithm = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        SignatureAlgorithm read = oid == Oids.RsaPss
            ? new(oid, "RSASSA-PSS", SignatureKind.RsaPss, PssParameters.ReadHash(algorithm))
            : Find(oid) ?? new(oid, oid, SignatureKind.Unknown, default);
        return read with { Encoded = encoded };
    }

    /// <summary>Signs by this algorithm, whatever becomes of that.</summary>
    /// <param name="pkcs8">The key, DER: an RSA or an EC key, as the algorithm wants it.</param>
    /// <param name="data">What is signed, not its digest.</param>
    public byte[] Sign(ReadOnlySpan<byte> pkcs8, byte[] data)
    {
        if (Kind == SignatureKind.Ecdsa)
        {
            using var ec = ECDsa.Create();
            ec.ImportPkcs8PrivateKey(pkcs8, out _);
            return ec.SignData(data, Hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return rsa.SignData(data, Hash, RSASignaturePadding.Pkcs1);
    }

    private static SignatureAlgorithm? Find(string oid) => Array.Find(Known, known => known.Oid == oid);

    /// <summary>RSA has NULL parameters, and the others none (RFC 4055 section 5, RFC 5758 section 3.2).</summary>
    private static byte[] Encode(string oid, bool hasNull)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (hasNull)
            {
                writer.WriteNull();
            }
        }

        return writer.Encode();
    }
}
