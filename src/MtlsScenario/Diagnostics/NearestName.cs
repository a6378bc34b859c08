namespace MtlsScenario.Diagnostics;

/// <summary>Finds what somebody meant to write.</summary>
internal static class NearestName
{
    private const int LongestName = 64;
    private const int MostNames = 1000;

    /// <summary><c>did you mean "issuer"?</c>, or null where nothing is near.</summary>
    public static string? Hint(string written, IEnumerable<string> known) =>
        Find(written, known) is { } nearest ? $"did you mean {VisibleText.Quoted(nearest)}?" : null;

    /// <summary>The nearest of the known names: at most one mistake in three letters away, case counting little; or null.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    /// <param name="leniency">How many mistakes more: words that are typed at a prompt are short, and typed in haste.</param>
    public static string? Find(string written, IEnumerable<string> known, int leniency = 0)
    {
        // A hint is not worth a long search, such as in a hostile file.
        if (written.Length > LongestName || known.TryGetNonEnumeratedCount(out int count) && count > MostNames)
        {
            return null;
        }

        string lower = written.ToLowerInvariant();
        (string? Name, int Distance) best = (null, Math.Max(1, (written.Length / 3) + leniency) + 1);
        foreach (string name in known.Where(name => Math.Abs(name.Length - written.Length) < best.Distance))
        {
            int distance = Distance(lower, name.ToLowerInvariant());
            if (distance < best.Distance && distance < name.Length)
            {
                best = (name, distance);
            }
        }

        return best.Name;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        int[,] distances = new int[from.Length + 1, to.Length + 1];
        for (int row = 0; row <= from.Length; row++)
        {
            for (int column = 0; column <= to.Length; column++)
            {
                distances[row, column] = row == 0 || column == 0
                    ? row + column
                    : Math.Min(
                        Math.Min(distances[row - 1, column], distances[row, column - 1]) + 1,
                        distances[row - 1, column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1));
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                {
                    distances[row, column] = Math.Min(distances[row, column], distances[row - 2, column - 2] + 1);
                }
            }
        }

        return distances[from.Length, to.Length];
    }
}
