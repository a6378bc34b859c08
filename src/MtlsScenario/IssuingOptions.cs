using System.Collections.Immutable;

namespace MtlsScenario;

/// <summary>How a scenario is issued in memory.</summary>
public sealed record IssuingOptions
{
    /// <summary>Says what time it is at issuance, once. The system's clock by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The authorities that the scenario calls external, by name.</summary>
    public IReadOnlyDictionary<string, ExternalAuthority> ExternalAuthorities { get; init; } =
        ImmutableDictionary<string, ExternalAuthority>.Empty;
}
