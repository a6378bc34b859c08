using System.Globalization;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>Writes text as an argument in HAProxy's configuration ("Quoting and escaping" in its manual).</summary>
internal static class HaproxyLiteral
{
    /// <summary>The argument, in double quotes, on one line and with nothing left to expand.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' or '$' => literal.Append('\\').Append(character),
                < ' ' or '\x7f' => literal.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}"),
                _ => literal.Append(character),
            };
        }

        return literal.Append('"').ToString();
    }
}
