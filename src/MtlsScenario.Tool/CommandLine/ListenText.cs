using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>Reads where a server is or is to be, as users write it: <c>localhost:3000</c>, <c>[::1]:3000</c>.</summary>
internal static class ListenText
{
    /// <summary>The address; null where it is none.</summary>
    public static ListenAddress? Read(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon];
        bool isBracketed = host is ['[', _, .., ']'];
        return host.Length > 0 && (isBracketed || !host.Contains(':', StringComparison.Ordinal))
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue
            ? new ListenAddress(isBracketed ? host[1..^1] : host, port)
            : null;
    }
}
