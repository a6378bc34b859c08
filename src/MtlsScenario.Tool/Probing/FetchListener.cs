using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MtlsScenario.Tool.Probing;

/// <summary>Listens on this machine alone for whoever fetches what a certificate names, and has nothing for them.</summary>
internal sealed class FetchListener : IDisposable
{
    private static readonly byte[] s_answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private volatile string _path = "";
    private volatile bool _isFetched;

    private FetchListener()
    {
        _listener.Start();
        _accepting = AcceptLoop.RunAsync(_listener, socket => _ = AnswerAsync(socket));
    }

    /// <summary>Whether somebody came for the last URL.</summary>
    public bool IsFetched => _isFetched;

    /// <summary>Listens, where a server of that name is on this machine; else null, for nobody would come.</summary>
    public static async Task<FetchListener?> ForAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return addresses.All(IPAddress.IsLoopback) ? new FetchListener() : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>A URL from which nobody has fetched yet.</summary>
    public string Next()
    {
        (_path, _isFetched) = ($"/{Guid.NewGuid():N}.cer", false);
        return $"http://{_listener.LocalEndpoint}{_path}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _accepting.Wait();
    }

    /// <summary>It counts before it is answered, so that whoever waits for the answer has been seen.</summary>
    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                byte[] request = new byte[4096];
                int count = await socket.ReceiveAsync(request).ConfigureAwait(false);
                _isFetched |= Encoding.Latin1.GetString(request, 0, count).Contains(_path, StringComparison.Ordinal);
                await socket.SendAsync(s_answer).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // Whoever came has gone.
            }
        }
    }
}
