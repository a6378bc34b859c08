namespace MtlsScenario.Configs;

/// <summary>A party in its role as client: all that a program must know to be it.</summary>
internal sealed record ClientSettings : PartySettings
{
    /// <summary>Whom it calls, and how.</summary>
    public required CallTarget Target { get; init; }

    /// <summary>The client itself; null where the scenario does not say whose certificate it shows.</summary>
    public KnownCaller? Self { get; init; }
}
