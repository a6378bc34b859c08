using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// What goes each way after a handshake: a request and an answer of HTTP/1.1, so that every stack can stand at either end.
/// </summary>
internal static class ExchangeText
{
    private const int LongestHead = 16 * 1024;

    /// <summary>The answer of a server that lets the caller in.</summary>
    public const string Answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";

    /// <summary>The request of a client.</summary>
    public static string Request(string host) => $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";

    /// <summary>Reads a request and answers it.</summary>
    /// <exception cref="IOException">The client went away before it.</exception>
    public static async Task<EndRejection?> ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Sends a request and reads the answer: null where it is one of success, otherwise how the server turned it away.</summary>
    /// <exception cref="IOException">The server went away before it answered.</exception>
    public static async Task<EndRejection?> CallAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Request(host)), cancellationToken).ConfigureAwait(false);
        string head = await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false);
        return ReadStatus(head);
    }

    /// <summary>What an HTTP answer says of the caller: null for success.</summary>
    public static EndRejection? ReadStatus(string head)
    {
        string statusLine = head.Split('\r', '\n')[0];
        return statusLine.Split(' ') switch
        {
            ["HTTP/1.0" or "HTTP/1.1", "200", ..] => null,
            [_, "403", ..] => new EndRejection(RejectionReason.NotAdmitted, statusLine),
            _ => new EndRejection(null, statusLine),
        };
    }

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (head.Length < LongestHead)
        {
            int count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new IOException("The other end closed the connection before any data.");
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                return head.ToString();
            }
        }

        throw new IOException("The other end sent a head without an end.");
    }
}
