namespace MtlsScenario.Model;

/// <summary>The kind and size of a key pair.</summary>
public enum KeyAlgorithm
{
    /// <summary>RSA with a modulus of 2048 bits.</summary>
    Rsa2048,

    /// <summary>RSA with a modulus of 3072 bits.</summary>
    Rsa3072,

    /// <summary>RSA with a modulus of 4096 bits.</summary>
    Rsa4096,

    /// <summary>ECDSA on the curve P-256 (secp256r1).</summary>
    EcP256,

    /// <summary>ECDSA on the curve P-384 (secp384r1).</summary>
    EcP384,

    /// <summary>ECDSA on the curve P-521 (secp521r1).</summary>
    EcP521,

    /// <summary>Ed25519 (RFC 8032).</summary>
    Ed25519,

    /// <summary>ML-DSA-44 (FIPS 204), security category 2; TLS 1.3 only.</summary>
    MlDsa44,

    /// <summary>ML-DSA-65 (FIPS 204), security category 3; TLS 1.3 only.</summary>
    MlDsa65,

    /// <summary>ML-DSA-87 (FIPS 204), security category 5; TLS 1.3 only.</summary>
    MlDsa87,
}
