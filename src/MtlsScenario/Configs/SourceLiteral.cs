using System.Globalization;

namespace MtlsScenario.Configs;

/// <summary>Writes text as a string literal of Java, Go or Python: in double quotes, whatever is not a plain character of ASCII escaped.</summary>
internal static class SourceLiteral
{
    /// <summary>The literal in Go and Python, whose escapes are of whole characters.</summary>
    public static string Of(string text) => Quoted(text.EnumerateRunes().Select(rune => Escaped(rune.Value)));

    /// <summary>The literal in Java, whose escapes are of UTF-16; those of controls would be read as the controls before the literal is.</summary>
    public static string OfJava(string text) => Quoted(text.Select(character => Escaped(character)));

    private static string Quoted(IEnumerable<string> characters) => $"\"{string.Concat(characters)}\"";

    private static string Escaped(int character) => character switch
    {
        '"' or '\\' => $"\\{(char)character}",
        < ' ' or 0x7F => "\\" + Convert.ToString(character, 8).PadLeft(3, '0'),
        <= '~' => ((char)character).ToString(),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{character:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{character:x8}"),
    };
}
