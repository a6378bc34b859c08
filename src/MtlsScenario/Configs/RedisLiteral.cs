using System.Globalization;
using System.Text;

namespace MtlsScenario.Configs;

/// <summary>Writes text as an argument in Redis' configuration (<c>sdssplitargs</c>).</summary>
internal static class RedisLiteral
{
    /// <summary>The argument, in double quotes, on one line.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                < ' ' or '\x7f' => literal.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => literal.Append(character),
            };
        }

        return literal.Append('"').ToString();
    }
}
