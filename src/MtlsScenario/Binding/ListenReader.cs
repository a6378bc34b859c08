using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Reads hosts and listening addresses.</summary>
internal static class ListenReader
{
    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public static ListenAddress? Read(Field field, FaultList faults)
    {
        if (field.Text(faults, "host:port") is not { } text)
        {
            return null;
        }

        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? text : text[..colon];
        bool isBracketed = host is ['[', .., ']'];
        if (colon < 0 || (host.Contains(':', StringComparison.Ordinal) && !isBracketed))
        {
            Fault(
                field,
                text,
                faults,
                colon > 0 && HostSyntax.Address(host.Contains(':', StringComparison.Ordinal) ? host : text) is { } bare
                    ? $"an IPv6 address stands in brackets: \"[{bare}]:3000\""
                    : "write host and port, such as localhost:3000");
            return null;
        }

        string? problem = null;
        string? canonical = isBracketed
            ? HostSyntax.Address(host[1..^1]) is { } address && host.Contains(':', StringComparison.Ordinal) ? address.ToString() : null
            : Host(host, out problem);
        if (canonical is null)
        {
            Fault(field, text, faults, problem ?? "the host is a DNS name or an IP address");
            return null;
        }

        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            Fault(field, text, faults, "the port is a number from 1 to 65535");
            return null;
        }

        return new ListenAddress(canonical, port);
    }

    /// <summary>A DNS name, other scripts as A-labels, or an IP address in its shortest form.</summary>
    public static string? ReadHost(Field field, FaultList faults)
    {
        if (field.Text(faults, "a DNS name or an IP address") is not { } text)
        {
            return null;
        }

        if (Host(text, out string? problem) is { } host)
        {
            return host;
        }

        faults.Error(field.Position, DiagnosticCodes.InvalidName, $"{VisibleText.Quoted(text)} is no host to call", problem);
        return null;
    }

    private static string? Host(string text, out string? problem)
    {
        problem = null;
        return HostSyntax.Address(text)?.ToString() ?? (
            HostSyntax.Name(text, replicas: null, isWildcard: false, out problem) is { } name
            && (problem = HostSyntax.NumberProblem(name)) is null ? name : null);
    }

    private static void Fault(Field field, string text, FaultList faults, string hint) => faults.Error(
        field.Position, DiagnosticCodes.InvalidListen, $"{VisibleText.Quoted(text)} is no address to listen on", hint);
}
