using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>A certification authority.</summary>
public sealed record Authority
{
    /// <summary>Its name, which is also its file stem.</summary>
    public required string Name { get; init; }

    /// <summary>The party that runs it, or null for a third party's.</summary>
    public string? Operator { get; init; }

    /// <summary>Whether its certificate is provided, and never made or changed.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The authority that issued its certificate; null for a root, and for an external one of which that is not said.</summary>
    public string? Issuer { get; init; }

    /// <summary>What its certificate is to be; null where it is external and the scenario says nothing of it.</summary>
    public CertificateSpecification? Certificate { get; init; }

    /// <summary>What its certificate revocation lists are to be; null where it issues none.</summary>
    public CrlSpecification? Crl { get; init; } = new();

    /// <summary>Certificates of its own that it revokes and that the scenario does not describe.</summary>
    public ImmutableArray<RevokedSerial> Revokes { get; init; } = [];

    /// <summary>Where its files are, in place of those that its stem gives; null for none but those.</summary>
    public CertificatePlaces? Files { get; init; }
}
