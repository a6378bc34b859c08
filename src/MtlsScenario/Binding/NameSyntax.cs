using System.Net;
using System.Text.RegularExpressions;
using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Names of the four kinds as texts.</summary>
internal static partial class NameSyntax
{
    /// <summary>What an untyped name can be, for messages.</summary>
    public const string Kinds = "a DNS name, an IP address, an e-mail address or a URI";

    /// <summary>How a kind is called in messages.</summary>
    public static string Describe(GeneralNameKind kind) => kind switch
    {
        GeneralNameKind.Dns => "a DNS name",
        GeneralNameKind.IpAddress => "an IP address",
        GeneralNameKind.Email => "an e-mail address",
        GeneralNameKind.Uri => "a URI",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The kind that a prefix such as <c>dns:</c> says, and what follows it; null where none is said.</summary>
    public static (GeneralNameKind Kind, string Value)? Typed(string text)
    {
        foreach (GeneralNameKind kind in Enum.GetValues<GeneralNameKind>())
        {
            string prefix = GeneralName.Prefix(kind) + ":";
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return (kind, text[prefix.Length..]);
            }
        }

        return null;
    }

    /// <summary>The kind that is said or, where none is, read from the form.</summary>
    public static (GeneralNameKind Kind, string Value) KindOf(string text, int? replicas) => Typed(text) ?? (
        HostSyntax.Address(HostSyntax.ForLargest(text, replicas)) is not null ? GeneralNameKind.IpAddress
        : text.Contains("://", StringComparison.Ordinal) ? GeneralNameKind.Uri
        : text.Contains('@', StringComparison.Ordinal) ? GeneralNameKind.Email
        : GeneralNameKind.Dns, text);

    /// <summary>The name as a certificate has it; null where it is none of that kind.</summary>
    public static string? Canonical(GeneralNameKind kind, string text, int? replicas, out string? problem)
    {
        switch (kind)
        {
            case GeneralNameKind.Dns:
                return HostSyntax.Name(text, replicas, isWildcard: true, out problem);
            case GeneralNameKind.IpAddress:
                return Address(text, replicas, out problem);
            case GeneralNameKind.Email:
                return Mail(text, replicas, out problem);
            default:
                problem = UriProblem(HostSyntax.ForLargest(text, replicas));
                return problem is null ? text : null;
        }
    }

    /// <summary>The host of a URI, without brackets; null where it has none.</summary>
    public static string? HostOf(string uri)
    {
        Match match = Authority().Match(uri);
        return match.Success ? match.Groups["host"].Value.Trim('[', ']') : null;
    }

    private static string? Address(string text, int? replicas, out string? problem)
    {
        IPAddress? address = HostSyntax.Address(HostSyntax.ForLargest(text, replicas));
        bool isNumbered = replicas is not null && text != HostSyntax.ForLargest(text, replicas);
        problem = address is null ? "write it like 192.0.2.1 or 2001:db8::1" : null;
        return address is null ? null : isNumbered ? text : address.ToString();
    }

    private static string? Mail(string text, int? replicas, out string? problem)
    {
        int at = text.LastIndexOf('@');
        if (at <= 0 || !LocalPart().IsMatch(HostSyntax.ForLargest(text[..at], replicas)))
        {
            problem = "write it like amy@example.com, the part before the \"@\" in ASCII without spaces";
            return null;
        }

        return HostSyntax.Name(text[(at + 1)..], replicas, isWildcard: false, out problem) is { } host ? $"{text[..at]}@{host}" : null;
    }

    private static string? UriProblem(string text)
    {
        if (!text.All(char.IsAscii))
        {
            return "write characters outside ASCII percent-encoded, and hosts as A-labels";
        }

        if (!AbsoluteUri().IsMatch(text))
        {
            return "write it like spiffe://example.org/amy (RFC 3986)";
        }

        return UriParts.Of(text).Authority is not null && !Authority().IsMatch(text) ? "its host is missing or malformed" : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LocalPart();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AbsoluteUri();

    [GeneratedRegex(
        @"^[A-Za-z][A-Za-z0-9+.-]*://([^/?#@]*@)?(?<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(:[0-9]*)?([/?#].*)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Authority();
}
