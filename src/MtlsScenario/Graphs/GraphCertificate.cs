using System.Collections.Immutable;

namespace MtlsScenario.Graphs;

/// <summary>A certificate, or those of a fleet, as it is drawn. All text is safe to print.</summary>
internal sealed record GraphCertificate
{
    /// <summary>The file stem, by which others refer to it.</summary>
    public required string Stem { get; init; }

    /// <summary>What stands behind it.</summary>
    public required CertificateKind Kind { get; init; }

    /// <summary>What it is, in words: <c>root CA, run by bob</c>, <c>server</c>.</summary>
    public required string Title { get; init; }

    /// <summary>How many of it there are; null for one.</summary>
    public int? Replicas { get; init; }

    /// <summary>Whether it is revoked, and all of it where it is a fleet.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>Why it is revoked, or some of a fleet are, and since when; null where none is.</summary>
    public string? Revoked { get; init; }

    /// <summary>What else there is to know, a line each; first the subject.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>The stem of the authority that signs it; null for a root.</summary>
    public string? Issuer { get; init; }

    /// <summary>The stems of the authorities that its holder trusts when it uses it.</summary>
    public ImmutableArray<string> Trusts { get; init; } = [];

    /// <summary>Whether it is an authority's.</summary>
    public bool IsAuthority => Kind is CertificateKind.Root or CertificateKind.Intermediate;
}
