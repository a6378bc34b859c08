using System.Text;

namespace MtlsScenario.Graphs;

/// <summary>Breaks text into lines: after a space or after punctuation where it can, inside a word where it must.</summary>
internal static class WrappedText
{
    /// <summary>The lines, at least one; a space at a break is left out. No character is lost otherwise.</summary>
    /// <param name="text">The text, without line breaks.</param>
    /// <param name="widest">How wide a line may be, in whatever <paramref name="width"/> measures; at least one character fits.</param>
    /// <param name="width">The width of one character.</param>
    public static IEnumerable<string> Lines(string text, double widest, Func<Rune, double> width)
    {
        var line = new StringBuilder();
        double used = 0;
        Break space = default;
        Break punctuation = default;
        Rune[] runes = [.. text.EnumerateRunes()];
        for (int index = 0; index < runes.Length; index++)
        {
            Rune rune = runes[index];
            double next = width(rune);
            if (used + next > widest && line.Length > 0)
            {
                // A file name stays whole where that does not leave the line half empty, nor a sign alone.
                Break best = space.Used > widest / 2 || punctuation.Length == 0 ? space : punctuation;
                int at = rune.Value == ' ' || best.Used < widest / 4 ? line.Length : best.Length;
                yield return line.ToString(0, at).TrimEnd(' ');
                used -= at == line.Length ? used : best.Used;
                line.Remove(0, at);
                (space, punctuation) = (default, default);
                if (rune.Value == ' ')
                {
                    continue;
                }
            }

            line.Append(rune.ToString());
            used += next;
            if (rune.Value == ' ')
            {
                space = new Break(line.Length, used);
            }
            else if (rune.Value == '-' && index + 1 < runes.Length && runes[index + 1].Value == '>')
            {
                // An arrow stays whole.
            }
            else if (rune.Value is '/' or ',' or '.' or '-' or '_' or ':' or '@' or ';')
            {
                punctuation = new Break(line.Length, used);
            }
        }

        yield return line.ToString();
    }

    /// <summary>A place where a line may end: how long it is then, in characters and in width.</summary>
    private readonly record struct Break(int Length, double Used);
}
