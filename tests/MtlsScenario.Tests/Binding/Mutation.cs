using System.Text;

namespace MtlsScenario.Tests.Binding;

/// <summary>Spoils texts at random.</summary>
internal static class Mutation
{
    private static readonly string[] _pieces =
    [
        ":", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "<<: *a", "!", "!!str ", "|", ">", "'", "\"", "\\", "#", "\n", "\n  ", "\t", "%", "---\n", "...\n", "?", ",",
        "\0", "\u001b", "\ud7ff", "é", "😀", "~", "null", "-1", "0x", "{n}", "999999999999999999999999", "2030-01-01T00:00:00Z", "+1d", "/", "+", "=",
    ];

    /// <summary>One of the texts, with something put in, taken out or brought over from another, so many times.</summary>
    public static string Of(string[] texts, int changes, Random random)
    {
        var text = new StringBuilder(texts[random.Next(texts.Length)]);
        for (int change = 0; change < changes; change++)
        {
            int place = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(place, _pieces[random.Next(_pieces.Length)]);
                    break;
                case 1:
                    text.Remove(place, Math.Min(random.Next(1, 20), text.Length - place));
                    break;
                default:
                    string other = texts[random.Next(texts.Length)];
                    int start = random.Next(other.Length);
                    text.Insert(place, other.AsSpan(start, Math.Min(random.Next(1, 40), other.Length - start)));
                    break;
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
