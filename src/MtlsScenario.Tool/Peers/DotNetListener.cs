using System.Net;
using System.Net.Sockets;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>.NET, listening on a free loopback port for one connection.</summary>
internal sealed class DotNetListener : IListeningPeer
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DotNetIdentity _identity;
    private readonly Task<EndView> _view;

    /// <summary>Begins to listen.</summary>
    /// <param name="trial">What is tried.</param>
    /// <param name="identity">What it has in hand; it stays whose it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public DotNetListener(Trial trial, DotNetIdentity identity, CancellationToken cancellationToken)
    {
        _identity = identity;
        _listener.Start();
        _view = ServeAsync(trial, cancellationToken);
    }

    /// <inheritdoc/>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken) =>
        await _view.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        try
        {
            await _view.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or NotSupportedException)
        {
            // Nobody came, or it was ended; whoever asked has heard of it.
        }
    }

    private async Task<EndView> ServeAsync(Trial trial, CancellationToken cancellationToken)
    {
        using TcpClient connection = await _listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false);
        return await new DotNetEnd(trial, _identity).ServeAsync(connection.GetStream(), cancellationToken).ConfigureAwait(false);
    }
}
