using System.Globalization;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Writes an attribute's value as OpenSSL does in the text of a name.</summary>
internal static class DistinguishedNameText
{
    /// <summary>
    /// As for RFC 2253 (<c>XN_FLAG_RFC2253</c>): the value with <c>, + " \ &lt; &gt; ;</c>, a <c>#</c> or space at its beginning
    /// and a space at its end after a backslash, and controls and what is not ASCII as bytes of UTF-8, <c>\C3\A9</c>.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="isAscii">Whether what is not ASCII is written as bytes, and not as it is.</param>
    public static string Escape(string value, bool isAscii = true)
    {
        var text = new StringBuilder(value.Length);
        for (int index = 0; index < value.Length; index++)
        {
            char character = value[index];
            bool isAtEdge = (index == 0 && character is '#' or ' ') || (index == value.Length - 1 && character == ' ');
            _ = character switch
            {
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\{(int)character:X2}"),
                ',' or '+' or '"' or '\\' or '<' or '>' or ';' => text.Append('\\').Append(character),
                _ when isAtEdge => text.Append('\\').Append(character),
                _ => text.Append(character),
            };
        }

        return isAscii
            ? string.Concat(Encoding.UTF8.GetBytes(text.ToString()).Select(octet => octet < 0x80 ? $"{(char)octet}" : string.Create(CultureInfo.InvariantCulture, $"\\{octet:X2}")))
            : text.ToString();
    }

    /// <summary>A whole subject as for RFC 2253: <c>CN=amy,O=Acme</c>, the last attribute first.</summary>
    public static string Rfc2253(DistinguishedName name) => string.Join(',', name.RelativeNames.Reverse().Select(relative =>
        string.Join('+', relative.Attributes.Select(attribute => $"{attribute.Type.ShortName}={Escape(attribute.Value)}"))));

    /// <summary>A whole subject as <c>X509_NAME_oneline</c> prints it: <c>/O=Acme/CN=amy</c>.</summary>
    public static string OneLine(DistinguishedName name) => string.Concat(
        from relative in name.RelativeNames
        from attribute in relative.Attributes
        select $"/{attribute.Type.ShortName}={EscapeInOneLine(attribute.Value)}");

    /// <summary>The value as <c>X509_NAME_oneline</c> prints it: controls and what is not ASCII as bytes, <c>\xC3\xA9</c>.</summary>
    public static string EscapeInOneLine(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(
        octet => octet is < (byte)' ' or > (byte)'~' ? string.Create(CultureInfo.InvariantCulture, $"\\x{octet:X2}") : $"{(char)octet}"));
}
