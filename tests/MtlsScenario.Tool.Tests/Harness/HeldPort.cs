using System.Net;
using System.Net.Sockets;

namespace MtlsScenario.Tool.Tests;

/// <summary>A port of localhost that is held, by all its addresses, and does not listen: nobody answers there, and nobody else takes it.</summary>
public sealed class HeldPort : IDisposable
{
    private readonly Socket _held = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _held6 = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);

    public HeldPort()
    {
        _held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_held.LocalEndPoint!).Port;
        try
        {
            _held6.Bind(new IPEndPoint(IPAddress.IPv6Loopback, Number));
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // Where there is no such address nobody is called by it.
        }
    }

    /// <summary>The port.</summary>
    public int Number { get; }

    /// <summary>Listens on 127.0.0.1, so that nobody else can.</summary>
    public void Listen() => _held.Listen();

    public void Dispose()
    {
        _held.Dispose();
        _held6.Dispose();
    }
}
