namespace MtlsScenario.Handshakes;

/// <summary>Where the artifacts of the ends come from. Several threads may ask at once.</summary>
internal interface IEndArtifactsSource
{
    /// <summary>
    /// What an end has in hand is what all ends with that key have, and is worth being kept from one handshake to the next; null
    /// where it is not: of a replica, since a fleet would fill the memory.
    /// </summary>
    object? KeyOf(TrialEnd end) => end.Number is null ? (end.Party, end.Certificate.Role) : null;

    /// <summary>What an end has in hand. The caller disposes of it.</summary>
    EndArtifactsResult Read(TrialEnd end);
}
