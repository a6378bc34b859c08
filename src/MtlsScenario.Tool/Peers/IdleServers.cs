namespace MtlsScenario.Tool.Peers;

/// <summary>
/// Servers that have played one connection and wait for the next to the same end: to start a program takes longer than a
/// handshake. Disposing of this ends them.
/// </summary>
/// <typeparam name="TEnd">What tells the ends apart.</typeparam>
/// <typeparam name="TServer">A server, which plays one connection at a time.</typeparam>
internal sealed class IdleServers<TEnd, TServer> : IAsyncDisposable
    where TServer : class, IAsyncDisposable
{
    /// <summary>Each is a process, with its key in a file; those that play at once are to have theirs.</summary>
    private static readonly int s_most = Math.Max(16, LoopbackStack.Most);

    private readonly List<(TEnd End, TServer Server)> _idle = [];

    /// <summary>A server of that end, which is the caller's until it is given back or disposed of; null where none is idle.</summary>
    public TServer? Take(TEnd end)
    {
        lock (_idle)
        {
            int index = _idle.FindLastIndex(idle => EqualityComparer<TEnd>.Default.Equals(idle.End, end));
            if (index < 0)
            {
                return null;
            }

            TServer server = _idle[index].Server;
            _idle.RemoveAt(index);
            return server;
        }
    }

    /// <summary>Gives a server back. Of too many, the one that nobody has asked for the longest is ended.</summary>
    public async ValueTask GiveBackAsync(TEnd end, TServer server)
    {
        TServer? oldest = null;
        lock (_idle)
        {
            _idle.Add((end, server));
            if (_idle.Count > s_most)
            {
                oldest = _idle[0].Server;
                _idle.RemoveAt(0);
            }
        }

        if (oldest is not null)
        {
            await oldest.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((_, TServer server) in _idle)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
