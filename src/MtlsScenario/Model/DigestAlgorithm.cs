namespace MtlsScenario.Model;

/// <summary>The digest of a signature. A signature by an Ed25519 key has none, and ignores it.</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256 (FIPS 180-4), the default.</summary>
    Sha256,

    /// <summary>SHA-384 (FIPS 180-4).</summary>
    Sha384,

    /// <summary>SHA-512 (FIPS 180-4).</summary>
    Sha512,
}
