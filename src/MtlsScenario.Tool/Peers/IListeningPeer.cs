using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Peers;

/// <summary>A server that listens on the loopback interface. Disposing of it ends it and removes its files.</summary>
internal interface IListeningPeer : IAsyncDisposable
{
    /// <summary>The port of 127.0.0.1 on which it listens.</summary>
    int Port { get; }

    /// <summary>Ends it, and says how the one connection went as it saw it.</summary>
    /// <param name="caller">How the client saw it, which has ended already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<EndView> EndAsync(EndView caller, CancellationToken cancellationToken);
}
