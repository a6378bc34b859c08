using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// What goes each way after a handshake: a request and an answer of HTTP/1.1, so that every stack can stand at either end.
/// </summary>
internal static class ExchangeText
{
    private const int LongestAnswer = 256 * 1024;

    /// <summary>The answer of a server that lets the caller in.</summary>
    public const string Answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";

    /// <summary>The request of a client.</summary>
    public static string Request(string host) => $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";

    /// <summary>Reads a request and answers it.</summary>
    /// <exception cref="IOException">The client went away before it.</exception>
    public static async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        await ReadAsync(stream, IsHead, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>Head and body; <see cref="View"/> says what they come to.</returns>
    /// <exception cref="IOException">The server went away before it answered.</exception>
    public static async Task<string> CallAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Request(host)), cancellationToken).ConfigureAwait(false);
        return await ReadAsync(stream, _ => false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How a client sees an HTTP answer: whether it was served, and whether it was told that it is not admitted.</summary>
    /// <remarks>Other failures than 403 say nothing of the caller; a server that rejects by one (nginx: 400) says why itself.</remarks>
    public static EndView View(string answer)
    {
        string statusLine = answer.Split('\r', '\n')[0];
        EndView view = statusLine.Split(' ') switch
        {
            ["HTTP/1.0" or "HTTP/1.1", "200", ..] => new EndView { IsComplete = true },
            [_, "403", ..] => new EndView { Told = new EndRejection(RejectionReason.NotAdmitted, statusLine) },
            _ => new EndView { StackMessage = statusLine },
        };
        return view with { Answer = answer };
    }

    private static bool IsHead(string text) => text.Contains("\r\n\r\n", StringComparison.Ordinal);

    /// <summary>Reads until it is enough, or, of what has a head, to its end.</summary>
    private static async Task<string> ReadAsync(Stream stream, Func<string, bool> isEnough, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (text.Length < LongestAnswer)
        {
            int count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (isEnough(text.ToString()) || (count == 0 && IsHead(text.ToString())))
            {
                return text.ToString();
            }

            if (count == 0)
            {
                throw new IOException("The other end closed the connection before any data.");
            }
        }

        throw new IOException("The other end sent more than is expected of it.");
    }
}
