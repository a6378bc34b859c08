using System.Globalization;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>Writes text as a regular string literal of C#.</summary>
internal static class CSharpLiteral
{
    /// <summary>The literal, in double quotes; whatever is not a plain character of ASCII is escaped.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                >= ' ' and <= '~' => literal.Append(character),
                _ => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        return literal.Append('"').ToString();
    }
}
