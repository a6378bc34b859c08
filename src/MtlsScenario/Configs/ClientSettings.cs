namespace MtlsScenario.Configs;

/// <summary>A party in its role as client: all that a program must know to be it.</summary>
internal sealed record ClientSettings : PartySettings
{
    /// <summary>Whom it calls, and how.</summary>
    public required CallTarget Target { get; init; }
}
