namespace MtlsScenario.Handshakes;

/// <summary>Where the artifacts of the ends come from. Several threads may ask at once.</summary>
internal interface IEndArtifactsSource
{
    /// <summary>What an end has in hand. The caller disposes of it.</summary>
    EndArtifactsResult Read(TrialEnd end);
}
