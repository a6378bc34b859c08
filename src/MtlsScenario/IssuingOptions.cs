using System.Collections.Immutable;

namespace MtlsScenario;

/// <summary>How a scenario is issued in memory.</summary>
public sealed record IssuingOptions
{
    /// <summary>Says what time it is at issuance, once. The system's clock by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// At least 16 bytes from which every key, serial number and salt is derived, so that the same scenario has the same bytes each
    /// time; null to draw them. Whoever has the seed has every key: it is for tests, and for nothing that anybody relies on.
    /// </summary>
    public ReadOnlyMemory<byte>? InsecureSeed { get; init; }

    /// <summary>With a seed: the moment in place of that of issuance, UTC. Without it all dates of the scenario have to be written.</summary>
    public DateTimeOffset? Epoch { get; init; }

    /// <summary>The authorities that the scenario calls external, by name.</summary>
    public IReadOnlyDictionary<string, ExternalAuthority> ExternalAuthorities { get; init; } =
        ImmutableDictionary<string, ExternalAuthority>.Empty;
}
