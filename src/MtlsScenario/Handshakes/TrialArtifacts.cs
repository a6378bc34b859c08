namespace MtlsScenario.Handshakes;

/// <summary>What the two ends of a trial have in hand; both stay whose they are.</summary>
/// <param name="Client">The caller's.</param>
/// <param name="Server">The called's.</param>
internal sealed record TrialArtifacts(EndArtifacts Client, EndArtifacts Server)
{
    /// <summary>Whether any certificate has an ML-DSA key, with which not every stack can do anything.</summary>
    public bool UseMlDsa => Client.UsesMlDsa || Server.UsesMlDsa;
}
