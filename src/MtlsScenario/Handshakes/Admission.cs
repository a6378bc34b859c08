using System.Collections.Immutable;
using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// Which callers a server lets in among those that it can verify (a scenario's <c>admits</c>): by their only common name or
/// by a typed name, where <c>*</c> is a whole DNS label or path segment. This is where it is decided; the programs that are
/// configured decide the same, which a table in the tests holds them to.
/// </summary>
/// <param name="patterns">Who is let in; null for whoever can be verified.</param>
internal sealed class Admission(ImmutableArray<AdmissionPattern>? patterns)
{
    private const string Wildcard = "*";

    /// <summary>Whether a caller with these names, whose certificate is verified, is let in.</summary>
    public bool Admits(PeerNames caller) =>
        patterns is not { } list || list.Any(pattern => Matches(pattern, caller));

    /// <summary>Whether one pattern matches one of a caller's names.</summary>
    public static bool Matches(AdmissionPattern pattern, PeerNames caller) => pattern.Kind is { } kind
        ? caller.AlternativeNames.Any(name => name.Kind == kind && Matches(kind, pattern.Pattern, name.Value))
        : caller.CommonNames is [var only] && MatchesSegments(pattern.Pattern, only, '.', StringComparison.Ordinal);

    private static bool Matches(GeneralNameKind kind, string pattern, string value) => kind switch
    {
        GeneralNameKind.Dns => MatchesHost(pattern, value),
        GeneralNameKind.IpAddress => MatchesAddress(pattern, value),
        GeneralNameKind.Email => MatchesMail(pattern, value),
        GeneralNameKind.Uri => MatchesUri(pattern, value),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool MatchesAddress(string pattern, string value) =>
        IPAddress.TryParse(pattern, out IPAddress? wanted) && IPAddress.TryParse(value, out IPAddress? address)
        && wanted.Equals(address);

    /// <summary>The local part as it is written, the domain without regard to case (RFC 5280 section 4.2.1.6).</summary>
    private static bool MatchesMail(string pattern, string value)
    {
        (string wantedLocal, string wantedDomain) = SplitAtLast(pattern, '@');
        (string local, string domain) = SplitAtLast(value, '@');
        return string.Equals(wantedLocal, local, StringComparison.Ordinal) && MatchesHost(wantedDomain, domain);
    }

    /// <summary>Scheme and host without regard to case, the rest as it is written, segment by segment.</summary>
    private static bool MatchesUri(string pattern, string value)
    {
        (UriParts wanted, UriParts uri) = (UriParts.Of(pattern), UriParts.Of(value));
        return string.Equals(wanted.Scheme, uri.Scheme, StringComparison.OrdinalIgnoreCase)
            && (wanted.Authority is null ? uri.Authority is null : uri.Authority is not null && MatchesMail(wanted.Authority, uri.Authority))
            && MatchesSegments(wanted.Path, uri.Path, '/', StringComparison.Ordinal);
    }

    private static bool MatchesHost(string pattern, string value) =>
        MatchesSegments(pattern, value, '.', StringComparison.OrdinalIgnoreCase);

    private static bool MatchesSegments(string pattern, string value, char separator, StringComparison comparison)
    {
        string[] wanted = pattern.Split(separator);
        string[] segments = value.Split(separator);
        return wanted.Length == segments.Length && wanted.Zip(segments).All(pair =>
            pair.First == Wildcard ? IsName(pair.Second, separator) : string.Equals(pair.First, pair.Second, comparison));
    }

    /// <summary>
    /// A wildcard stands for what every reader takes for one label, of letters, digits, <c>-</c> and <c>_</c>, or for one path
    /// segment, which may have <c>.</c> and <c>~</c> too (RFC 3986 section 2.3) and is no step to elsewhere. What one reader
    /// decodes, cuts off or splits and another does not is no name that a wildcard stands for.
    /// </summary>
    private static bool IsName(string segment, char separator) => segment.Any(character => character != '.')
        && segment.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || (separator == '/' && character is '.' or '~'));

    /// <summary>What stands before the last separator, with it, and what after it; where there is none, all stands after it.</summary>
    private static (string Before, string After) SplitAtLast(string text, char separator)
    {
        int end = text.LastIndexOf(separator) + 1;
        return (text[..end], text[end..]);
    }
}
