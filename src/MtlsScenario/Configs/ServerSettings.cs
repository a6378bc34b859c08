using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>A party in its role as server: all that a program must know to be it.</summary>
internal sealed record ServerSettings
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The party, with its number where it is one of many: <c>bob</c>, <c>gateway[2]</c>.</summary>
    public required string Party { get; init; }

    /// <summary>Its files.</summary>
    public required EndFiles Files { get; init; }

    /// <summary>Where it listens.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The oldest version that it accepts.</summary>
    public required TlsVersion MinimumTls { get; init; }

    /// <summary>The callers that it lets in; null for whoever it can verify.</summary>
    public required ImmutableArray<AdmissionPattern>? Admits { get; init; }
}
