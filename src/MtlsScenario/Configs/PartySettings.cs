namespace MtlsScenario.Configs;

/// <summary>A party in one of its roles: what a program must know to be it at either end.</summary>
internal abstract record PartySettings
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The party, with its number where it is one of many: <c>bob</c>, <c>gateway[2]</c>.</summary>
    public required string Party { get; init; }

    /// <summary>Its files.</summary>
    public required EndFiles Files { get; init; }

    /// <summary>Its certificate and who is above it; null where the scenario is not known.</summary>
    public CertificationPath? Certification { get; init; }
}
