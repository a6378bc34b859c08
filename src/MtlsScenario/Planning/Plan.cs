using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// All that is to be made of a scenario, in order: an issuer stands before what it issues. It knows neither what is on
/// disk nor what time it is.
/// </summary>
internal sealed record Plan
{
    private readonly NameIndex<PlannedCertificate>? _byStem;
    private readonly NameIndex<PlannedCertificate>? _byIssuer;
    private readonly NameIndex<PlannedCertificate>? _byAnchor;

    /// <summary>The scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the scenario is about, or null.</summary>
    public string? Description { get; init; }

    /// <summary>How the files are laid out.</summary>
    public required FolderLayout Folders { get; init; }

    /// <summary>The certificates, in the order in which they are made.</summary>
    public required ImmutableArray<PlannedCertificate> Certificates
    {
        get;
        init
        {
            field = value;
            _byStem = new NameIndex<PlannedCertificate>(value, certificate => [certificate.Stem]);
            _byIssuer = new NameIndex<PlannedCertificate>(value, certificate => certificate.Issuer is { } issuer ? [issuer] : []);
            _byAnchor = new NameIndex<PlannedCertificate>(value, certificate => certificate.Anchors.Distinct(StringComparer.Ordinal));
        }
    }

    /// <summary>
    /// Copies of certificates that are handed over, files of anchors, and further formats: what is done when all certificates are there.
    /// They stand apart because an anchor may be made after the certificate of the party that trusts it.
    /// </summary>
    public required ImmutableArray<FinalStep> FinalSteps { get; init; }

    /// <summary>The CRLs that are signed, and then the bundles of them: what is done after the final steps.</summary>
    public ImmutableArray<FinalStep> CrlSteps { get; init; } = [];

    /// <summary>The certificate with this stem.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public PlannedCertificate this[string stem] =>
        _byStem?[stem].FirstOrDefault() ?? throw new KeyNotFoundException($"There is no certificate \"{stem}\" in the plan of \"{Name}\".");

    /// <summary>The certificates that an authority issues, in order.</summary>
    public IEnumerable<PlannedCertificate> IssuedBy(string stem) => _byIssuer?[stem] ?? [];

    /// <summary>The certificates whose holders trust an authority, in order.</summary>
    public IEnumerable<PlannedCertificate> TrustedBy(string stem) => _byAnchor?[stem] ?? [];
}
