using System.Globalization;
using System.Text;

namespace MtlsScenario.Binding;

/// <summary>
/// A label of another script as an A-label. Without the platform's Unicode data (the tool runs in invariant mode) nothing
/// normalizes a text, so what would need it is refused instead of encoded as something that nobody looks up.
/// </summary>
internal static class IdnaLabel
{
    /// <summary>The A-label (<c>xn--…</c>) of a label with characters outside ASCII, lower case first; or null.</summary>
    /// <param name="label">The label.</param>
    /// <param name="problem">Why it has none.</param>
    public static string? ToAscii(string label, out string? problem)
    {
        problem = null;
        var lower = new StringBuilder();
        foreach (Rune rune in label.EnumerateRunes())
        {
            Rune mapped = Rune.ToLowerInvariant(rune);
            problem ??= Problem(mapped);
            lower.Append(mapped.ToString());
        }

        if (problem is not null)
        {
            return null;
        }

        try
        {
            return new IdnMapping { AllowUnassigned = true, UseStd3AsciiRules = false }.GetAscii(lower.ToString());
        }
        catch (ArgumentException)
        {
            problem = $"the label \"{lower}\" has no A-label of at most 63 characters";
            return null;
        }
    }

    private static string? Problem(Rune rune)
    {
        if (rune.IsAscii)
        {
            return null;
        }

        string character = $"U+{rune.Value:X4}";
        if (NeedsComposition(rune.Value))
        {
            return $"{character} combines with the letter before it: write the one letter that the two are (Unicode NFC)";
        }

        bool isLetter = Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber;
        return isLetter && !IsCompatibilityForm(rune.Value) ? null : $"{character} cannot stand in a DNS name (RFC 5892)";
    }

    /// <summary>Diacritics, kana voice marks and Hangul letters that a composed character exists for.</summary>
    private static bool NeedsComposition(int value) =>
        value is (>= 0x0300 and <= 0x036F) or 0x3099 or 0x309A or (>= 0x1100 and <= 0x11FF);

    /// <summary>Ligatures, presentation forms, and full and half width forms, which normalization replaces.</summary>
    private static bool IsCompatibilityForm(int value) =>
        value is (>= 0xF900 and <= 0xFAFF) or (>= 0xFB00 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0xFF00 and <= 0xFFEF);
}
