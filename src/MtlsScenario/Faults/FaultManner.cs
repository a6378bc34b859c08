namespace MtlsScenario.Faults;

/// <summary>What an attempt does otherwise than a good client or server; most do so in the certificate alone.</summary>
internal enum FaultManner
{
    /// <summary>It presents what was forged, and proves the key as it should.</summary>
    Certificate,

    /// <summary>It presents no certificate.</summary>
    NoCertificate,

    /// <summary>It signs CertificateVerify with a key that is not the certificate's.</summary>
    WrongProof,

    /// <summary>Its signature in CertificateVerify is nothing but zeros.</summary>
    BlankProof,

    /// <summary>It sends no CertificateVerify.</summary>
    SkippedProof,

    /// <summary>No certificate; the TLS handshake names another host of the server's than the request does.</summary>
    OtherHost,

    /// <summary>No certificate; the name of the host ends in a dot in both.</summary>
    DottedHost,

    /// <summary>No certificate; headers say that a proxy has verified one.</summary>
    ForgedHeaders,

    /// <summary>No TLS at all: the request comes in the clear.</summary>
    Plaintext,

    /// <summary>It presents what was forged, whose issuer the other end may fetch from a URL.</summary>
    IssuerToFetch,

    /// <summary>A good certificate on TLS 1.0.</summary>
    Tls10,

    /// <summary>A good certificate on TLS 1.1.</summary>
    Tls11,

    /// <summary>It takes up a session that was made before the certificate expired.</summary>
    ExpiredSession,

    /// <summary>It takes up a session that was made before the certificate was revoked.</summary>
    RevokedSession,

    /// <summary>It takes up a session that was made at another host of the server's.</summary>
    OtherHostSession,
}
