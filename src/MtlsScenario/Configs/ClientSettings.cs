namespace MtlsScenario.Configs;

/// <summary>A party in its role as client: all that a program must know to be it.</summary>
internal sealed record ClientSettings
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The party, with its number where it is one of many.</summary>
    public required string Party { get; init; }

    /// <summary>Its files.</summary>
    public required EndFiles Files { get; init; }

    /// <summary>Whom it calls, and how.</summary>
    public required CallTarget Target { get; init; }
}
