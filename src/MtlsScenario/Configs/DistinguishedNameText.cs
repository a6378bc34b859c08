using System.Globalization;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>Writes an attribute's value as OpenSSL does for RFC 2253 (<c>XN_FLAG_RFC2253</c>).</summary>
internal static class DistinguishedNameText
{
    /// <summary>
    /// The value with <c>, + " \ &lt; &gt; ;</c>, a <c>#</c> or space at its beginning and a space at its end after a backslash,
    /// and controls and what is not ASCII as bytes of UTF-8, <c>\C3\A9</c>.
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
}
