using System.Globalization;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>Writes an attribute's value as OpenSSL does in the text of a name.</summary>
internal static class DistinguishedNameText
{
    /// <summary>
    /// As for RFC 2253 (<c>XN_FLAG_RFC2253</c>): the value with <c>, + " \ &lt; &gt; ;</c>, a <c>#</c> or space at its beginning
    /// and a space at its end after a backslash, and controls and what is not ASCII as bytes of UTF-8, <c>\C3\A9</c>.
    /// </summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        for (int index = 0; index < bytes.Length; index++)
        {
            char character = (char)bytes[index];
            bool isAtEdge = (index == 0 && character is '#' or ' ') || (index == bytes.Length - 1 && character == ' ');
            _ = character switch
            {
                < ' ' or >= '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\{(int)character:X2}"),
                ',' or '+' or '"' or '\\' or '<' or '>' or ';' => text.Append('\\').Append(character),
                _ when isAtEdge => text.Append('\\').Append(character),
                _ => text.Append(character),
            };
        }

        return text.ToString();
    }

    /// <summary>The value as <c>X509_NAME_oneline</c> prints it: controls and what is not ASCII as bytes, <c>\xC3\xA9</c>.</summary>
    public static string EscapeInOneLine(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(
        octet => octet is < (byte)' ' or > (byte)'~' ? string.Create(CultureInfo.InvariantCulture, $"\\x{octet:X2}") : $"{(char)octet}"));
}
