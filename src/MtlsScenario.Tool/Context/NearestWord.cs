namespace MtlsScenario.Tool.Context;

/// <summary>Finds what a mistyped word was probably meant to be.</summary>
internal static class NearestWord
{
    /// <summary>
    /// The word of <paramref name="known"/> with the fewest edits (insert, delete, replace, swap of neighbours)
    /// from <paramref name="word"/>, if those are at most a third of its length and one; otherwise null.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        int allowed = 1 + (word.Length / 3);
        string? nearest = null;
        foreach (string candidate in known)
        {
            int distance = Distance(word, candidate);
            if (distance < candidate.Length && distance <= allowed)
            {
                (nearest, allowed) = (candidate, distance - 1);
            }
        }

        return nearest;
    }

    private static int Distance(string left, string right)
    {
        int[,] edits = new int[left.Length + 1, right.Length + 1];
        for (int row = 0; row <= left.Length; row++)
        {
            for (int column = 0; column <= right.Length; column++)
            {
                edits[row, column] = row == 0 || column == 0 ? row + column : Fewest(row, column);
            }
        }

        return edits[left.Length, right.Length];

        int Fewest(int row, int column)
        {
            bool same = left[row - 1] == right[column - 1];
            int fewest = Math.Min(
                Math.Min(edits[row - 1, column], edits[row, column - 1]) + 1,
                edits[row - 1, column - 1] + (same ? 0 : 1));
            bool swapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
            return swapped ? Math.Min(fewest, edits[row - 2, column - 2] + 1) : fewest;
        }
    }
}
