using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>Node's server, which ends after one connection.</summary>
/// <param name="process">The program, which this owns.</param>
/// <param name="files">Its files, which this owns.</param>
/// <param name="port">Where it listens.</param>
internal sealed class NodeListener(RunningProcess process, PeerFiles files, int port) : IListeningPeer
{
    /// <inheritdoc/>
    public int Port => port;

    /// <inheritdoc/>
    public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken) =>
        NodeProgram.View(await NodeProgram.ReportAsync(process, cancellationToken).ConfigureAwait(false), Side.Server);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync().ConfigureAwait(false);
        files.Dispose();
    }
}
