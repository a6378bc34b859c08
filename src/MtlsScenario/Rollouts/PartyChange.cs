using System.Collections.Immutable;

namespace MtlsScenario.Rollouts;

/// <summary>What becomes of a party between two layouts.</summary>
/// <param name="Party">The party, or <c>PARTY[K]</c> of a replica that is named by its number.</param>
/// <param name="Differences">What differs; none where it is new or ended.</param>
internal sealed record PartyChange(string Party, ImmutableArray<PartyDifference> Differences)
{
    /// <summary>The instant at which the certificate that it has now ends; null where it has none that can be read.</summary>
    public DateTimeOffset? Ends { get; init; }
}

/// <summary>What of a party changes.</summary>
internal enum ChangedAspect
{
    /// <summary>Its private key.</summary>
    Key,

    /// <summary>Its certificate.</summary>
    Certificate,

    /// <summary>What it presents beside its certificate.</summary>
    Chain,

    /// <summary>Its trust anchors.</summary>
    Trust,

    /// <summary>The CRLs that it checks against.</summary>
    Crls,

    /// <summary>A further format of one of these.</summary>
    Format,

    /// <summary>Whom it lets in.</summary>
    Admits,

    /// <summary>The oldest version of TLS that it accepts.</summary>
    TlsMin,

    /// <summary>Whether it checks against CRLs.</summary>
    Revocation,

    /// <summary>The name by which it calls another.</summary>
    Host,

    /// <summary>The version of TLS that it offers.</summary>
    Tls,
}

/// <summary>One difference of a party between two layouts.</summary>
/// <param name="Aspect">What differs.</param>
/// <param name="Now">The file, or the setting, from now on.</param>
/// <param name="Was">The file or setting before, where it is another; null where it is the same, or there was none.</param>
internal sealed record PartyDifference(ChangedAspect Aspect, string Now, string? Was = null)
{
    /// <summary>Whether something that was accepted may be so no longer: what still uses it has to be gone before.</summary>
    public bool Narrows { get; init; }

    /// <summary>Whether it is about files, and not about the program's settings.</summary>
    public bool IsFile => Aspect is ChangedAspect.Key or ChangedAspect.Certificate or ChangedAspect.Chain or ChangedAspect.Trust or ChangedAspect.Crls or ChangedAspect.Format;

    /// <summary>Whether it is about what the party presents.</summary>
    public bool IsIdentity => Aspect is ChangedAspect.Key or ChangedAspect.Certificate or ChangedAspect.Chain;
}
