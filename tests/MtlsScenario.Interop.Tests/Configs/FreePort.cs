using System.Net;
using System.Net.Sockets;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>
/// Ports of the loopback interface that nobody uses: below those that systems give to whoever calls, so that no other test's call has
/// one meanwhile, and no call to one that nobody listens on yet is answered by itself; and none twice. The one after it is nobody
/// else's either: an etcd listens there too.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Pairs = 10_000;

    private static int _taken = Random.Shared.Next(Pairs);

    /// <summary>One that was free a moment ago.</summary>
    public static int Take()
    {
        while (true)
        {
            int port = First + (2 * (int)((uint)Interlocked.Increment(ref _taken) % Pairs));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                using var next = new TcpListener(IPAddress.Loopback, port + 1);
                listener.Start();
                next.Start();
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
