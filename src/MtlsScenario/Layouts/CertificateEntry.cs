using System.Collections.Immutable;

namespace MtlsScenario.Layouts;

/// <summary>One certificate of a layout, or those of a fleet that say the same but for their number.</summary>
internal sealed record CertificateEntry
{
    /// <summary>The file stem, in a fleet with <c>{n}</c>; of a certificate elsewhere the name of its file.</summary>
    public required string Stem { get; init; }

    /// <summary>What it is: <c>authority</c>, <c>server of bob</c>, <c>client of device, 1000 replicas</c>.</summary>
    public required string Part { get; init; }

    /// <summary>What it says; null where it is missing, or provided from outside and not there to be read.</summary>
    public CertificateContent? Content { get; init; }

    /// <summary>Where its files are.</summary>
    public ImmutableArray<FileEntry> Files { get; init; } = [];

    /// <summary>Whom its holder trusts: the stems of authorities. Null where that is not for it to say (an authority) or not known.</summary>
    public ImmutableArray<string>? Trusts { get; init; }

    /// <summary>Who trusts it: the stems of certificates. Null where it is no authority's, or not known.</summary>
    public ImmutableArray<string>? TrustedBy { get; init; }

    /// <summary>Whether it is for others to send; then <see cref="Content"/> is what it is to say.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>That it is revoked, and why and since when; null where it is not.</summary>
    public string? Revoked { get; init; }

    /// <summary>What is planned for an authority's CRL, and what it is to have on it that is no certificate of the scenario; nothing where there is none.</summary>
    public ImmutableArray<string> Crl { get; init; } = [];

    /// <summary>The stems of the authorities against whose CRLs its holder checks the other end; null where it does not check.</summary>
    public ImmutableArray<string>? Checks { get; init; }

    /// <summary>What is not as it should be, in clauses without a full stop.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];
}
