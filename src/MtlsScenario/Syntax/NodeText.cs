using System.Text;

namespace MtlsScenario.Syntax;

/// <summary>Writes nodes as YAML: what is short on one line, everything quoted that could be read as something else.</summary>
internal static class NodeText
{
    private const int LongestLine = 120;

    /// <summary>The document, ending in a newline.</summary>
    public static string Of(MappingNode document)
    {
        var text = new StringBuilder();
        Write(text, document, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, MappingNode mapping, int depth)
    {
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (depth == 0 && text.Length > 0 && entry.Value is not ScalarNode)
            {
                text.Append('\n');
            }

            text.Append(' ', depth).Append(Scalar(entry.Key)).Append(':');
            WriteValue(text, entry.Value, depth, entry.Key.Value.Length + 2);
        }
    }

    private static void WriteValue(StringBuilder text, SyntaxNode value, int depth, int width)
    {
        // Sections and what is in them read best as blocks.
        if (Flow(value) is { } line && (value is ScalarNode || IsEmpty(value) || (depth >= 4 && depth + width + line.Length <= LongestLine)))
        {
            text.Append(' ').Append(line).Append('\n');
            return;
        }

        text.Append('\n');
        if (value is MappingNode mapping)
        {
            Write(text, mapping, depth + 2);
            return;
        }

        foreach (SyntaxNode item in ((SequenceNode)value).Items)
        {
            text.Append(' ', depth + 2).Append("- ").Append(Flow(item)).Append('\n');
        }
    }

    private static bool IsEmpty(SyntaxNode node) => node is MappingNode { Entries: [] } or SequenceNode { Items: [] };

    private static string Flow(SyntaxNode node) => node switch
    {
        ScalarNode scalar => Scalar(scalar),
        SequenceNode list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        MappingNode { Entries: [] } => "{}",
        MappingNode mapping => $"{{ {string.Join(", ", mapping.Entries.Select(entry => $"{Scalar(entry.Key)}: {Flow(entry.Value)}"))} }}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Scalar(ScalarNode scalar) => scalar.IsPlain ? scalar.Value : Scalar(scalar.Value);

    /// <summary>A text, quoted where it could be read as something else.</summary>
    public static string Scalar(string text) => IsWord(text) ? text : Quoted(text);

    /// <summary>Whether nothing but a text can be meant: a letter and what has no meaning in YAML, and none of its words.</summary>
    private static bool IsWord(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ' '
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or '@')
        && text.ToUpperInvariant() is not ("NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N");

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff' => quoted.Append("\\u").Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
