using System.Net;
using System.Net.Sockets;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>Stands between a client and a server, delays what it carries by up to some milliseconds, and resets one connection in twenty.</summary>
internal sealed class UnsteadyLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Random _random;
    private readonly int _server;
    private readonly Task _accepting;

    public UnsteadyLine(int server, int seed)
    {
        (_server, _random) = (server, new Random(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients call.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections it has reset.</summary>
    public int Broken { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_ending.Token);
                bool breaks = _random.Next(20) == 0;
                Broken += breaks ? 1 : 0;
                calls.Add(CarryAsync(client, breaks ? _random.Next(3) : int.MaxValue, _random.Next()));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(calls);
        }
    }

    /// <summary>Carries so many pieces, and breaks then.</summary>
    private async Task CarryAsync(Socket client, int pieces, int seed)
    {
        using (client)
        using (var server = new Socket(SocketType.Stream, ProtocolType.Tcp))
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token))
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, over.Token);
                int left = pieces;
                await Task.WhenAll(PipeAsync(client, server, seed), PipeAsync(server, client, seed + 1));

                async Task PipeAsync(Socket from, Socket to, int own)
                {
                    var random = new Random(own);
                    byte[] buffer = new byte[16384];
                    while (await from.ReceiveAsync(buffer, over.Token) is > 0 and var count)
                    {
                        if (left-- <= 0)
                        {
                            client.LingerState = new LingerOption(true, 0);
                            client.Close();
                            await over.CancelAsync();
                            return;
                        }

                        await Task.Delay(random.Next(4), over.Token);
                        await to.SendAsync(buffer.AsMemory(0, count), over.Token);
                    }

                    to.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One of the ends is gone, or the line is broken.
            }
        }
    }
}
