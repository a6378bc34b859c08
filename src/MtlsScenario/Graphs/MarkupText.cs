using System.Globalization;
using System.Text;

namespace MtlsScenario.Graphs;

/// <summary>The one type that escapes for XML and HTML, for text and for attribute values in quotes of either kind.</summary>
internal static class MarkupText
{
    /// <summary>
    /// The text with <c>&amp;</c>, <c>&lt;</c>, <c>&gt;</c> and quotes as entities. What XML 1.0 does not allow becomes visible as
    /// <c>\u{FFFE}</c>.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            switch (character)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                case '\t' or '\n' or (>= ' ' and < '\uD800') or (> '\uDFFF' and < '\uFFFE'):
                    escaped.Append(character);
                    break;
                default:
                    if (index + 1 < text.Length && char.IsSurrogatePair(character, text[index + 1]))
                    {
                        escaped.Append(character).Append(text[++index]);
                    }
                    else
                    {
                        escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)character:X4}}}");
                    }

                    break;
            }
        }

        return escaped.ToString();
    }
}
