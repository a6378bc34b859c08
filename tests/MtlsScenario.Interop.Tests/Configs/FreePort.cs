using System.Net;
using System.Net.Sockets;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>
/// Ports of the loopback interface that nobody uses: below those that systems give to whoever calls, so that no other test's call has
/// one meanwhile, and no call to one that nobody listens on yet is answered by itself; and none twice.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Count = 20_000;

    private static int _taken = Random.Shared.Next(Count);

    /// <summary>One that was free a moment ago.</summary>
    public static int Take()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _taken) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }

    /// <summary>So many different ones.</summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Take())];
}
