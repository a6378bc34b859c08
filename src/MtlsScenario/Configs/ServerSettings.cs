using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A party in its role as server: all that a program must know to be it.</summary>
internal sealed record ServerSettings : PartySettings
{
    /// <summary>Where it listens.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The oldest version that it accepts.</summary>
    public required TlsVersion MinimumTls { get; init; }

    /// <summary>The callers that it lets in; null for whoever it can verify.</summary>
    public required ImmutableArray<AdmissionPattern>? Admits { get; init; }
}
