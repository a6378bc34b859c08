namespace MtlsScenario.Handshakes;

/// <summary>What the two ends of a trial have in hand. It owns both.</summary>
/// <param name="client">The caller's.</param>
/// <param name="server">The called's.</param>
internal sealed class TrialArtifacts(EndArtifacts client, EndArtifacts server) : IDisposable
{
    /// <summary>The caller's.</summary>
    public EndArtifacts Client => client;

    /// <summary>The called's.</summary>
    public EndArtifacts Server => server;

    /// <summary>Whether any certificate has an ML-DSA key, with which not every stack can do anything.</summary>
    public bool UseMlDsa => client.UsesMlDsa || server.UsesMlDsa;

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }
}
