namespace MtlsScenario.Model;

/// <summary>What an authority's certificate revocation lists are to be.</summary>
public sealed record CrlSpecification
{
    /// <summary>From when to when one is valid (thisUpdate and nextUpdate); null for: from its making to the authority's own end.</summary>
    public Lifetime? Lifetime { get; init; }

    /// <summary>How long before its end it counts as due; null for a third of its lifetime.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>Where it can be fetched: the cRLDistributionPoints of what the authority issues; null leaves that out.</summary>
    public string? Url { get; init; }

    /// <summary>The authority whose key signs it in place of its own, which makes a forged one; null for its own.</summary>
    public string? SignedBy { get; init; }
}
