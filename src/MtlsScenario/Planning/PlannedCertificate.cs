using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// One certificate, or the certificates of a fleet that differ in their number only: what it is to say, where its files
/// are, and the steps that make them.
/// </summary>
internal sealed record PlannedCertificate
{
    /// <summary>The file stem: <c>ca</c>, <c>bob_server</c>, <c>device-{n}_client</c>.</summary>
    public required string Stem { get; init; }

    /// <summary>Who holds its key.</summary>
    public required Actor Holder { get; init; }

    /// <summary>What it is for; null for an authority's.</summary>
    public Role? Role { get; init; }

    /// <summary>That it is there N times; null for one.</summary>
    public Replication? Replicas { get; init; }

    /// <summary>Whether it is provided, and never made or changed; then <see cref="Template"/> may be null.</summary>
    public bool IsExternal { get; init; }

    /// <summary>The kind of its key; null where it is external and the scenario says nothing of it.</summary>
    public KeyAlgorithm? Key { get; init; }

    /// <summary>The stem of its issuer; null for a root.</summary>
    public string? Issuer { get; init; }

    /// <summary>What it is to say; null where it is external and the scenario says nothing of it.</summary>
    public CertificateTemplate? Template { get; init; }

    /// <summary>What its request is to say; null where it is self-signed or external.</summary>
    public RequestTemplate? Request { get; init; }

    /// <summary>Whether the request is left as a file.</summary>
    public bool KeepsRequest { get; init; }

    /// <summary>How long before its end it counts as due; null for a third of what is left at issuance.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>The stems of the intermediates above it, nearest first.</summary>
    public ImmutableArray<string> Intermediates { get; init; } = [];

    /// <summary>The stems of the authorities that its holder accepts as trust anchors when it uses this certificate.</summary>
    public ImmutableArray<string> Anchors { get; init; } = [];

    /// <summary>That it is revoked, or null.</summary>
    public CertificateRevocation? Revoked { get; init; }

    /// <summary>SHA-256 of the certificate that is taken as it is while it lies there, in upper-case hexadecimal digits; null for none.</summary>
    public string? Adopted { get; init; }

    /// <summary>Whether its holder checks the other end against CRLs when it uses this certificate.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>The stems of the authorities whose CRLs its holder then has.</summary>
    public ImmutableArray<string> CrlIssuers { get; init; } = [];

    /// <summary>Who may read its files with a key in them, when they are made.</summary>
    public KeyAccess KeyAccess { get; init; } = KeyAccess.OwnerOnly;

    /// <summary>Where its files are.</summary>
    public required CertificateFiles Files { get; init; }

    /// <summary>What it is written in besides PEM.</summary>
    public ImmutableArray<WriteFormat> Formats { get; init; } = [];

    /// <summary>The folder with its key, in the folder of the certificates; empty for that itself. It may hold the placeholder.</summary>
    public string Folder => Path.GetDirectoryName(Files.Key)!;

    /// <summary>Where bundles, CRLs and formats of it would be that it does not have; what is there comes from an earlier scenario.</summary>
    public ImmutableArray<(ArtifactKind Kind, string Path)> Unused { get; init; } = [];

    /// <summary>What makes them, in order; none where it is external.</summary>
    public ImmutableArray<PlanStep> Steps { get; init; } = [];

    /// <summary>The certificates that it stands for: each of a fleet, or the only one.</summary>
    public IEnumerable<PlannedMember> Members => Replication.Numbers(Replicas).Select(Member);

    /// <summary>One of them.</summary>
    /// <param name="number">Which one, from 1; null where there is only one.</param>
    public PlannedMember Member(int? number) => new(this, number);

    /// <summary>Whether it is an authority's.</summary>
    public bool IsAuthority => Role is null;

    /// <summary>Whether it is signed by its own key; a party's without an issuer is provided, and says itself who signed it.</summary>
    public bool IsSelfSigned => Issuer is null && IsAuthority;
}
