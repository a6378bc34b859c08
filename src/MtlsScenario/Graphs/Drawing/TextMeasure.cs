using System.Text;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>
/// How wide text gets at most, without knowing the reader's font: the widths are those of DejaVu Sans and Verdana, the widest
/// of the usual sans-serif fonts, and a little more.
/// </summary>
internal static class TextMeasure
{
    /// <summary>The size of all text but titles, in pixels.</summary>
    public const int FontSize = 13;

    /// <summary>From one line of text to the next, in pixels.</summary>
    public const int LineHeight = 18;

    private const double Margin = 1.03;
    private const double BoldFactor = 1.13;

    /// <summary>The width of a line in pixels, rounded up.</summary>
    public static int Width(string text, bool isBold)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Width(rune, isBold);
        }

        return (int)Math.Ceiling(width);
    }

    /// <summary>The width of a character in pixels.</summary>
    public static double Width(Rune rune, bool isBold) => Ems(rune.Value) * FontSize * Margin * (isBold ? BoldFactor : 1);

    /// <summary>
    /// Whether all characters are of scripts whose widths are known. Other text is to be fitted into its width by whoever
    /// shows it.
    /// </summary>
    public static bool IsKnown(string text) => text.EnumerateRunes().All(rune =>
        rune.Value is < 0x0530 or (>= 0x2010 and <= 0x2026) or (>= 0x2190 and <= 0x21FF) or 0x2212 or 0x2713 or 0x2717
        || TerminalColumns.IsWide(rune.Value));

    private static double Ems(int value) => value switch
    {
        'i' or 'l' or 'j' or 'I' or '|' or '\'' => 0.34,
        ' ' or '.' or ',' or ':' or ';' or '/' or '\\' => 0.34,
        'f' or 't' or 'r' or '-' or '(' or ')' or '[' or ']' or '!' or 'J' => 0.46,
        'm' or 'M' or 'w' or 'W' or '@' or '%' or '+' or '=' or '<' or '>' or '#' or '~' or '^' or '&' => 1.0,
        >= 'a' and <= 'z' => 0.64,
        >= '0' and <= '9' => 0.64,
        >= 'A' and <= 'Z' => 0.79,
        < 0x7F => 0.66,
        < 0x0250 => 1.0,
        _ when TerminalColumns.IsWide(value) => 1.3,
        _ => 1.15,
    };
}
