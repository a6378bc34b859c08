using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MtlsScenario.Tool.Probing.Schemes;

/// <summary>HTTP/1.1.</summary>
internal sealed class HttpsScheme : Scheme
{
    private const int LongestAnswer = 1 << 20;

    /// <inheritdoc/>
    public override string Name => "https";

    /// <inheritdoc/>
    public override int Port => 443;

    /// <inheritdoc/>
    public override string Protocol => "http/1.1";

    /// <inheritdoc/>
    public override ServerAnswer? Exchange(Stream secure, Request request)
    {
        string headers = string.Concat(request.Headers.Select(header => header + "\r\n"));
        secure.Write(Encoding.Latin1.GetBytes($"GET {request.Path} HTTP/1.1\r\nHost: {request.Host}\r\nConnection: close\r\nAccept: */*\r\n{headers}\r\n"));
        secure.Flush();
        return Read(secure) is { } answer ? Parse(answer) : null;
    }

    /// <summary>Reads until the answer is whole, or the server ends it.</summary>
    /// <returns>The answer, a character a byte; null where its head is not there.</returns>
    private static string? Read(Stream secure)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[16384];
        while (text.Length < LongestAnswer && !IsWhole(text))
        {
            int count;
            try
            {
                count = secure.Read(buffer, 0, buffer.Length);
            }
            catch (IOException) when (EndOfHead(text.ToString()) >= 0)
            {
                break;
            }

            if (count == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        string answer = text.ToString();
        return EndOfHead(answer) >= 0 ? answer : null;
    }

    private static bool IsWhole(StringBuilder text)
    {
        string answer = text.ToString();
        int end = EndOfHead(answer);
        return end >= 0 && (
            Header(answer[..end], "Content-Length") is { } length && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? answer.Length - end >= count
            : Header(answer[..end], "Transfer-Encoding") is not null ? answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
            : StatusOf(answer) is 204 or 304);
    }

    private static int EndOfHead(string answer) => answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? end + 4 : -1;

    private static int? StatusOf(string answer) =>
        answer.StartsWith("HTTP/1.", StringComparison.Ordinal) && answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : null;

    private static string? Header(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static ServerAnswer? Parse(string answer)
    {
        if (StatusOf(answer) is not { } status)
        {
            return null;
        }

        string head = answer[..EndOfHead(answer)];
        string body = answer[head.Length..];
        var traits = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        traits["body"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(body)));
        traits["length"] = body.Length.ToString(CultureInfo.InvariantCulture);
        traits["location"] = Header(head, "Location") ?? "";
        traits["type"] = Header(head, "Content-Type") ?? "";
        traits["server"] = Header(head, "Server") ?? "";
        return new ServerAnswer(string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"), HttpStatusMeaning.Of(status)) { Status = status, Traits = traits.ToImmutable(), Whole = answer, Body = body };
    }
}
