using System.Globalization;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>Writes text as a string literal of JavaScript (ECMA-262 section 12.9.4).</summary>
internal static class JavaScriptLiteral
{
    /// <summary>The literal, in single quotes; whatever is not a plain character of ASCII is escaped.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('\'');
        foreach (char character in text)
        {
            _ = character switch
            {
                '\'' or '\\' => literal.Append('\\').Append(character),
                '\n' => literal.Append("\\n"),
                >= ' ' and <= '~' => literal.Append(character),
                _ => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        return literal.Append('\'').ToString();
    }
}
