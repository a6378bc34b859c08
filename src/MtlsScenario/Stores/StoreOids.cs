using System.Security.Cryptography;
using MtlsScenario.X509;

namespace MtlsScenario.Stores;

/// <summary>The object identifiers of PKCS#5, #7, #9 and #12.</summary>
internal static class StoreOids
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedData = "1.2.840.113549.1.7.2";
    public const string EncryptedData = "1.2.840.113549.1.7.6";

    public const string Pbkdf2 = "1.2.840.113549.1.5.12";
    public const string Pbes2 = "1.2.840.113549.1.5.13";
    public const string Pbmac1 = "1.2.840.113549.1.5.14";
    public const string Scrypt = "1.3.6.1.4.1.11591.4.11";
    public const string PbeWithSha1And3Des = "1.2.840.113549.1.12.1.3";

    public const string KeyBag = "1.2.840.113549.1.12.10.1.1";
    public const string ShroudedKeyBag = "1.2.840.113549.1.12.10.1.2";
    public const string CertificateBag = "1.2.840.113549.1.12.10.1.3";
    public const string SafeContentsBag = "1.2.840.113549.1.12.10.1.6";
    public const string X509Certificate = "1.2.840.113549.1.9.22.1";

    public const string FriendlyName = "1.2.840.113549.1.9.20";
    public const string LocalKeyId = "1.2.840.113549.1.9.21";

    /// <summary>By which Java knows that a certificate without a key is one to be trusted.</summary>
    public const string TrustedKeyUsage = "2.16.840.1.113894.746875.1.1";

    public const string AnyExtendedKeyUsage = "2.5.29.37.0";

    private static readonly (string Digest, string Hmac, HashAlgorithmName Name)[] _digests =
    [
        (Oids.Sha1, "1.2.840.113549.2.7", HashAlgorithmName.SHA1),
        (Oids.Sha256, "1.2.840.113549.2.9", HashAlgorithmName.SHA256),
        (Oids.Sha384, "1.2.840.113549.2.10", HashAlgorithmName.SHA384),
        (Oids.Sha512, "1.2.840.113549.2.11", HashAlgorithmName.SHA512),
    ];

    /// <summary>The object identifier of a digest.</summary>
    public static string OfDigest(HashAlgorithmName name) => _digests.Single(digest => digest.Name == name).Digest;

    /// <summary>The object identifier of an HMAC with a digest.</summary>
    public static string OfHmac(HashAlgorithmName name) => _digests.Single(digest => digest.Name == name).Hmac;

    /// <summary>The digest with that object identifier, or that of its HMAC.</summary>
    /// <exception cref="StoreFaultException">It is none that is known here.</exception>
    public static HashAlgorithmName DigestOf(string oid) => Array.Find(_digests, digest => digest.Digest == oid || digest.Hmac == oid) is { Digest: not null } known
        ? known.Name
        : throw new StoreFaultException(StoreFaultKind.Unsupported, $"its digest {oid} is not known here");
}
