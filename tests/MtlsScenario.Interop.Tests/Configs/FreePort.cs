using System.Net;
using System.Net.Sockets;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Ports of the loopback interface that nobody uses.</summary>
internal static class FreePort
{
    /// <summary>One that was free a moment ago.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
