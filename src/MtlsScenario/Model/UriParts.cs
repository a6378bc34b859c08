namespace MtlsScenario.Model;

/// <summary>A URI in its parts (RFC 3986 section 3).</summary>
/// <param name="Scheme">What stands before the first colon; empty where there is none.</param>
/// <param name="Authority">What stands between <c>//</c> and the path; null in a URI such as <c>urn:x</c>, which has none.</param>
/// <param name="Path">The rest, with the query and the fragment.</param>
internal readonly record struct UriParts(string Scheme, string? Authority, string Path)
{
    private const string AuthorityMark = "//";

    /// <summary>Takes a URI apart, or any other text.</summary>
    public static UriParts Of(string uri)
    {
        int colon = uri.IndexOf(':', StringComparison.Ordinal);
        (string scheme, string rest) = colon < 0 ? ("", uri) : (uri[..colon], uri[(colon + 1)..]);
        if (!rest.StartsWith(AuthorityMark, StringComparison.Ordinal))
        {
            return new UriParts(scheme, null, rest);
        }

        int end = rest.IndexOf('/', AuthorityMark.Length);
        return end < 0
            ? new UriParts(scheme, rest[AuthorityMark.Length..], "")
            : new UriParts(scheme, rest[AuthorityMark.Length..end], rest[end..]);
    }
}
