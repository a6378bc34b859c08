namespace MtlsScenario.X509;

/// <summary>The signature schemes that are told apart.</summary>
internal enum SignatureKind
{
    /// <summary>One that cannot be checked here.</summary>
    Unknown,

    /// <summary>RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS (RFC 8017 section 8.1).</summary>
    RsaPss,

    /// <summary>ECDSA (RFC 5758 section 3.2).</summary>
    Ecdsa,

    /// <summary>Ed25519 (RFC 8410), which digests by itself.</summary>
    Ed25519,

    /// <summary>ML-DSA, pure and with an empty context (RFC 9881).</summary>
    MlDsa,
}
