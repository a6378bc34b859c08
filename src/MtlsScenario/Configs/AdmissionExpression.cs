using System.Globalization;
using System.Net;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>
/// Writes an entry of <c>admits</c> as a regular expression that JavaScript, PCRE, .NET, Java, Python and RE2 read alike, and that matches what
/// <see cref="Handshakes.Admission"/> does. It has no anchors: whoever uses it must match the whole name. A name is compared
/// with what has no case (a DNS name, an e-mail address's domain, a URI's scheme and host) in small letters.
/// </summary>
internal static class AdmissionExpression
{
    /// <summary>The label that a wildcard stands for.</summary>
    private const string Label = "[A-Za-z0-9_-]+";

    /// <summary>A segment of a path, not of dots alone.</summary>
    private const string Segment = @"\.*[A-Za-z0-9_~-][A-Za-z0-9._~-]*";

    private const string Special = @"\^$.|?*+()[]{}/";

    /// <summary>
    /// The entry for programs that read a certificate themselves: the kind of name, and the expression that is to match all of it. An
    /// IP address is held against its bytes in hexadecimal digits.
    /// </summary>
    public static (string Kind, string Expression) Entry(AdmissionPattern pattern) => pattern.Kind switch
    {
        null => ("CN", Of(pattern)),
        GeneralNameKind.Dns => ("DNS", Of(pattern)),
        GeneralNameKind.Email => ("email", Of(pattern)),
        GeneralNameKind.Uri => ("URI", Of(pattern)),
        GeneralNameKind.IpAddress => ("IP", Convert.ToHexStringLower(IPAddress.Parse(pattern.Pattern).GetAddressBytes())),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The entry in one line: the kind, and after a blank the expression.</summary>
    public static string Line(AdmissionPattern pattern) => $"{Entry(pattern).Kind} {Entry(pattern).Expression}";

    /// <summary>The expression that matches the names that the entry matches.</summary>
    public static string Of(AdmissionPattern pattern) => pattern.Kind switch
    {
        null => Labels(pattern.Pattern),
        GeneralNameKind.Dns => Labels(Small(pattern.Pattern)),
        GeneralNameKind.Email => OfMail(pattern.Pattern),
        GeneralNameKind.Uri => OfUri(pattern.Pattern),
        GeneralNameKind.IpAddress => Escape(IPAddress.Parse(pattern.Pattern).ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The expression of labels with dots between them.</summary>
    public static string Labels(string text) =>
        string.Join(@"\.", text.Split('.').Select(label => label is "*" ? Label : Escape(label)));

    /// <summary>The expression of a text in which nothing is special.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            _ = character switch
            {
                < ' ' or '\x7f' => escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}"),
                _ when Special.Contains(character, StringComparison.Ordinal) => escaped.Append('\\').Append(character),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>What stands before the last <c>@</c> as it is written, and labels after it.</summary>
    private static string OfMail(string address)
    {
        int domain = address.LastIndexOf('@') + 1;
        return Escape(address[..domain]) + Labels(Small(address[domain..]));
    }

    private static string OfUri(string uri)
    {
        UriParts parts = UriParts.Of(uri);
        string authority = parts.Authority is null ? "" : @"\/\/" + OfMail(parts.Authority);
        string path = string.Join(@"\/", parts.Path.Split('/').Select(segment => segment is "*" ? Segment : Escape(segment)));
        return $"{Escape(Small(parts.Scheme))}:{authority}{path}";
    }

#pragma warning disable CA1308 // Names are compared, not stored: nothing is lost in small letters, and they are how names are written.
    private static string Small(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
