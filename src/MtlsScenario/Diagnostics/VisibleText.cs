using System.Globalization;
using System.Text;

namespace MtlsScenario.Diagnostics;

/// <summary>Makes text from outside safe to print: what a terminal would obey is shown, not sent.</summary>
internal static class VisibleText
{
    /// <summary>
    /// <paramref name="text"/> with each control, format, line separator and lone surrogate character escaped:
    /// <c>\n</c>, <c>\t</c>, <c>\e</c> or <c>\u{202E}</c>. Format characters are among them because
    /// they can reorder what a reader sees.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? visible = null;
        int clean = 0;
        for (int index = 0; index < text.Length;)
        {
            bool whole = Rune.TryGetRuneAt(text, index, out Rune rune);
            int length = whole ? rune.Utf16SequenceLength : 1;
            if (!whole || IsHidden(rune))
            {
                visible ??= new StringBuilder(text.Length + 8);
                visible.Append(text, clean, index - clean).Append(Escape(whole ? rune.Value : text[index]));
                clean = index + length;
            }

            index += length;
        }

        return visible is null ? text : visible.Append(text, clean, text.Length - clean).ToString();
    }

    /// <summary><see cref="Of"/>, in double quotes, cut to <paramref name="longest"/> characters.</summary>
    public static string Quoted(string text, int longest = 80)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > longest)
        {
            int end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
            return $"\"{Of(text[..end])}…\"";
        }

        return $"\"{Of(text)}\"";
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;

    private static string Escape(int value) => value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        0x1B => "\\e",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}"),
    };
}
