using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>
/// What a certificate is to be, defaults applied. It says nothing of keys, numbers or instants
/// that come into being when it is issued.
/// </summary>
public sealed record CertificateSpecification
{
    /// <summary>The subject's name.</summary>
    public required DistinguishedName Subject { get; init; }

    /// <summary>The name of the authority that issues it; null for a self-signed root.</summary>
    public required string? Issuer { get; init; }

    /// <summary>The kind of its own key.</summary>
    public KeyAlgorithm Key { get; init; } = KeyAlgorithm.Rsa2048;

    /// <summary>The digest of its signature, by its issuer's key, and of its request's, by its own.</summary>
    public DigestAlgorithm Digest { get; init; } = DigestAlgorithm.Sha256;

    /// <summary>When it is valid.</summary>
    public Lifetime Lifetime { get; init; } = Lifetime.Default;

    /// <summary>Its serial number.</summary>
    public SerialNumber Serial { get; init; } = SerialNumber.Random.Instance;

    /// <summary>The subject alternative names; none leaves the extension out.</summary>
    public ImmutableArray<GeneralName> Names { get; init; } = [];

    /// <summary>The keyUsage extension, critical; none leaves it out.</summary>
    public KeyUsages KeyUsage { get; init; }

    /// <summary>The extendedKeyUsage extension; none leaves it out.</summary>
    public ImmutableArray<KeyPurpose> ExtendedKeyUsage { get; init; } = [];

    /// <summary>An authority's pathLenConstraint, or null.</summary>
    public int? PathLength { get; init; }

    /// <summary>An authority's name constraints, or null.</summary>
    public NameConstraints? NameConstraints { get; init; }

    /// <summary>Further extensions, in order.</summary>
    public ImmutableArray<CustomExtension> Extensions { get; init; } = [];

    /// <summary>Whether the signing request is left as a file.</summary>
    public bool KeepsRequest { get; init; } = true;

    /// <summary>The profile.</summary>
    public CertificateProfile Profile { get; init; } = CertificateProfile.Tls;

    /// <summary>How long before its end it counts as due; null for a third of what is left at issuance.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>That it is revoked, or null.</summary>
    public CertificateRevocation? Revoked { get; init; }

    /// <summary>
    /// SHA-256 of the certificate that is taken as it is for as long as it lies there, 64 upper-case hexadecimal digits; null for none.
    /// </summary>
    public string? Adopted { get; init; }
}
