using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>
/// Writes an entry of <c>admits</c> that is a common name as regular expressions (PCRE) of a caller's whole subject, for programs
/// that know callers by their subject alone. Both of its forms must match: where a value is no text or of a type in which
/// readers take one value for two names, the forms say different things.
/// </summary>
internal static class DistinguishedNameExpression
{
    /// <summary>An attribute that is no common name.</summary>
    private const string OtherAttribute = @"(?!CN=)[^=,+\\]+=(?:[^,+\\]|\\.)*";

    /// <summary>
    /// The subject as RFC 2253 writes it. The whole of it is matched, attribute by attribute, so that a value that holds "CN=" is
    /// not taken for a common name, and so that the common name is the only one. Controls are escaped there, NUL too.
    /// </summary>
    public static string Rfc2253(AdmissionPattern entry) => Rfc2253(AdmissionExpression.Labels(DistinguishedNameText.Escape(entry.Pattern)));

    /// <summary>The same with the expression of the common name as it is written there.</summary>
    public static string Rfc2253(string commonName) => $@"(?:{OtherAttribute}[,+])*CN={commonName}(?:[,+]{OtherAttribute})*";

    /// <summary>
    /// The subject as OpenSSL prints it in one line, byte for byte: <c>/O=Acme/CN=amy</c>. Text of two or four bytes a
    /// letter begins with a zero there, or with other bytes than UTF-8's.
    /// </summary>
    public static string OneLine(AdmissionPattern entry) =>
        $@"(?!.*[\/+]CN=\\x00)(?:.*[\/+])?CN={AdmissionExpression.Labels(DistinguishedNameText.EscapeInOneLine(entry.Pattern))}(?:[\/+].*)?";
}
