using System.Collections.Immutable;

namespace MtlsScenario.Layouts;

/// <summary>Compares two texts line by line.</summary>
internal static class LineDifference
{
    /// <summary>Above this many pairs of lines the texts have so little in common that all of it is shown as changed.</summary>
    private const int MostPairs = 4_000_000;

    /// <summary>
    /// The lines of both, in order, by a longest common subsequence: each with a space before it where it is in both, a
    /// <c>-</c> where only the first has it, a <c>+</c> where only the second does.
    /// </summary>
    public static ImmutableArray<string> Lines(string was, string now)
    {
        string[] left = was.Split('\n');
        string[] right = now.Split('\n');
        int start = left.AsSpan().CommonPrefixLength(right);
        int end = 0;
        while (end < Math.Min(left.Length, right.Length) - start && left[^(end + 1)] == right[^(end + 1)])
        {
            end++;
        }

        var lines = ImmutableArray.CreateBuilder<string>();
        lines.AddRange(left[..start].Select(line => " " + line));
        AddMiddle(lines, left.AsSpan(start..^end), right.AsSpan(start..^end));
        lines.AddRange(left[^end..].Select(line => " " + line));
        return lines.ToImmutable();
    }

    /// <summary>The lines that differ with a few around them, and <c>...</c> for those left out.</summary>
    /// <param name="lines">What <see cref="Lines"/> gave.</param>
    /// <param name="around">How many lines to show before and after each that differs.</param>
    public static ImmutableArray<string> Around(ImmutableArray<string> lines, int around = 3)
    {
        var shown = ImmutableArray.CreateBuilder<string>();
        int last = -1;
        for (int index = 0; index < lines.Length; index++)
        {
            bool isNear = false;
            for (int near = Math.Max(0, index - around); near <= Math.Min(lines.Length - 1, index + around); near++)
            {
                isNear |= lines[near][0] != ' ';
            }

            if (!isNear)
            {
                continue;
            }

            if (index > last + 1)
            {
                shown.Add("...");
            }

            shown.Add(lines[index]);
            last = index;
        }

        return shown.ToImmutable();
    }

    /// <summary>The first line that the second has and the first has not, or the other way round, in single spaces.</summary>
    /// <exception cref="InvalidOperationException">They are the same.</exception>
    public static string First(string was, string now)
    {
        ImmutableArray<string> lines = Lines(was, now);
        string? added = lines.FirstOrDefault(line => line[0] == '+');
        string shown = added ?? lines.First(line => line[0] == '-');
        string words = string.Join(' ', shown[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return added is null ? $"without {words}" : words;
    }

    private static void AddMiddle(ImmutableArray<string>.Builder lines, ReadOnlySpan<string> left, ReadOnlySpan<string> right)
    {
        if ((long)left.Length * right.Length > MostPairs)
        {
            lines.AddRange(left.ToArray().Select(line => "-" + line));
            lines.AddRange(right.ToArray().Select(line => "+" + line));
            return;
        }

        // lengths[i, j]: of the longest common subsequence of what follows line i and line j.
        int[,] lengths = new int[left.Length + 1, right.Length + 1];
        for (int i = left.Length - 1; i >= 0; i--)
        {
            for (int j = right.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = left[i] == right[j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        for ((int i, int j) = (0, 0); i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                lines.Add(" " + left[i]);
                (i, j) = (i + 1, j + 1);
            }
            else if (i < left.Length && (j == right.Length || lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                lines.Add("-" + left[i++]);
            }
            else
            {
                lines.Add("+" + right[j++]);
            }
        }
    }
}
