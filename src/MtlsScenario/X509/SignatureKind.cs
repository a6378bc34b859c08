namespace MtlsScenario.X509;

/// <summary>The signature schemes that are told apart.</summary>
internal enum SignatureKind
{
    /// <summary>One that cannot be checked here.</summary>
    Unknown,

    /// <summary>RSASSA-PKCS1-v1_5.</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS.</summary>
    RsaPss,

    /// <summary>ECDSA.</summary>
    Ecdsa,

    /// <summary>Ed25519.</summary>
    Ed25519,

    /// <summary>ML-DSA, pure and with an empty context (RFC 9881).</summary>
    MlDsa,
}
