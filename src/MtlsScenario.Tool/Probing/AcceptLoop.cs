using System.Net.Sockets;

namespace MtlsScenario.Tool.Probing;

/// <summary>Takes the calls that come to a port.</summary>
internal static class AcceptLoop
{
    /// <summary>Takes one after the other until the listener is disposed of.</summary>
    /// <param name="listener">It listens already.</param>
    /// <param name="take">Takes a call, which it owns, and does not wait for its end.</param>
    public static async Task RunAsync(TcpListener listener, Action<Socket> take)
    {
        try
        {
            while (true)
            {
                take(await listener.AcceptSocketAsync().ConfigureAwait(false));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // That is how it is meant to end.
        }
    }
}
