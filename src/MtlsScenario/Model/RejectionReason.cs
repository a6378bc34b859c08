namespace MtlsScenario.Model;

/// <summary>Why an end turns the other away, in the same words for every TLS stack.</summary>
public enum RejectionReason
{
    /// <summary>No path to a trust anchor.</summary>
    UnknownIssuer,

    /// <summary>A signature does not verify.</summary>
    BadSignature,

    /// <summary>A certificate's notAfter has passed.</summary>
    Expired,

    /// <summary>A certificate's notBefore has not come.</summary>
    NotYetValid,

    /// <summary>The server's certificate is not for the name called.</summary>
    NameMismatch,

    /// <summary>The certificate's extended key usage or key usage does not allow the role.</summary>
    WrongPurpose,

    /// <summary>More intermediates than a pathLenConstraint allows.</summary>
    PathLength,

    /// <summary>A name outside an issuer's name constraints.</summary>
    NameConstraints,

    /// <summary>An issuer that is no certification authority.</summary>
    NotACa,

    /// <summary>The client sent no certificate.</summary>
    NoCertificate,

    /// <summary>The caller is verified, but is not on the server's list.</summary>
    NotAdmitted,

    /// <summary>A critical extension that the verifier does not know.</summary>
    UnknownCriticalExtension,

    /// <summary>The two ends have no TLS version in common.</summary>
    TlsVersion,

    /// <summary>A certificate was revoked.</summary>
    Revoked,

    /// <summary>Whether a certificate was revoked cannot be told: a CRL is missing, has expired, is forged, or says what is not known.</summary>
    RevocationUnknown,

    /// <summary>A key too weak for the verifier (met only on certificates made elsewhere).</summary>
    WeakKey,

    /// <summary>A signature too weak for the verifier (met only on certificates made elsewhere).</summary>
    WeakSignature,
}
