namespace MtlsScenario.Model;

/// <summary>Why a certificate is revoked (CRLReason, RFC 5280 section 5.3.1).</summary>
/// <remarks>A scenario says one of those that last and that openssl writes: <see cref="KeyCompromise"/> to <see cref="CessationOfOperation"/>.</remarks>
public enum RevocationReason
{
    /// <summary>Nothing is said of it.</summary>
    Unspecified = 0,

    /// <summary>Somebody else may have the key.</summary>
    KeyCompromise = 1,

    /// <summary>Somebody else may have the authority's key.</summary>
    CaCompromise = 2,

    /// <summary>The subject belongs to somebody else now.</summary>
    AffiliationChanged = 3,

    /// <summary>It has a successor.</summary>
    Superseded = 4,

    /// <summary>It is no longer needed.</summary>
    CessationOfOperation = 5,

    /// <summary>For a time.</summary>
    CertificateHold = 6,

    /// <summary>In a delta CRL: no longer revoked.</summary>
    RemoveFromCrl = 8,

    /// <summary>It may no longer do what it says.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>Somebody else may have the attribute authority's key.</summary>
    AaCompromise = 10,
}
