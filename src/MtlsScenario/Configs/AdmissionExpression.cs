using System.Globalization;
using System.Net;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>
/// Writes an entry of <c>admits</c> as a regular expression that JavaScript, PCRE and .NET read alike, and that matches what
/// <see cref="Handshakes.Admission"/> does. It has no anchors: whoever uses it must match the whole name. A name is compared
/// with what has no case (a DNS name, an e-mail address's domain, a URI's scheme and authority) in small letters.
/// </summary>
internal static class AdmissionExpression
{
    /// <summary>A label that a wildcard stands for.</summary>
    private const string Label = "[^.?#@:]+";

    private const string AuthorityLabel = @"[^.?#@:\/]+";
    private const string Segment = @"(?!\.\.?(?:\/|$))[^\/?#]+";
    private const string Special = @"\^$.|?*+()[]{}/";

    /// <summary>The expression that matches the names that the entry matches.</summary>
    public static string Of(AdmissionPattern pattern) => pattern.Kind switch
    {
        null => Labels(pattern.Pattern, Label),
        GeneralNameKind.Dns => Labels(Small(pattern.Pattern), Label),
        GeneralNameKind.Email => OfMail(pattern.Pattern),
        GeneralNameKind.Uri => OfUri(pattern.Pattern),
        GeneralNameKind.IpAddress => Escape(IPAddress.Parse(pattern.Pattern).ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The expression of labels with dots between them.</summary>
    /// <param name="text">The labels.</param>
    /// <param name="any">The expression of the label that a wildcard stands for.</param>
    public static string Labels(string text, string any) =>
        string.Join(@"\.", text.Split('.').Select(label => label is "*" ? any : Escape(label)));

    /// <summary>An IP address as OpenSSL prints it in a list of names: <c>2001:DB8:0:0:0:0:0:1</c>.</summary>
    public static string OpenSslText(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4
            ? address.ToString()
            : string.Join(':', Enumerable.Range(0, 8).Select(index =>
                ((bytes[2 * index] << 8) | bytes[(2 * index) + 1]).ToString("X", CultureInfo.InvariantCulture)));
    }

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

    private static string OfMail(string address)
    {
        int at = address.LastIndexOf('@');
        return at < 0 ? Escape(address) : Escape(address[..(at + 1)]) + Labels(Small(address[(at + 1)..]), Label);
    }

    private static string OfUri(string uri)
    {
        UriParts parts = UriParts.Of(uri);
        string authority = parts.Authority is null ? "" : @"\/\/" + Labels(Small(parts.Authority), AuthorityLabel);
        string path = string.Join(@"\/", parts.Path.Split('/').Select(segment => segment is "*" ? Segment : Escape(segment)));
        return $"{Escape(Small(parts.Scheme))}:{authority}{path}";
    }

#pragma warning disable CA1308 // Names are compared, not stored: nothing is lost in small letters, and they are how names are written.
    private static string Small(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
