namespace MtlsScenario.Graphs.Drawing;

/// <summary>Places the items of a column, so that none overlaps and each is near where it would like to be.</summary>
internal static class ColumnPlacement
{
    /// <summary>
    /// Sets the heights of the items, in the order of where they would like to be, on the grid. Items that would overlap move as a group
    /// that keeps the mean of where they would like to be (the pool-adjacent-violators algorithm).
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="distance">What is left free between two.</param>
    public static void Place(IEnumerable<IColumnItem> items, int distance)
    {
        IColumnItem[] inOrder = [.. items.OrderBy(item => item.Desired)];
        var groups = new List<Group>();
        foreach (IColumnItem item in inOrder)
        {
            groups.Add(new Group(1, item.Desired - (item.Height / 2.0), item.Height + distance));
            while (groups.Count > 1 && groups[^2].Top + groups[^2].Height > groups[^1].Top)
            {
                Group merged = Merge(groups[^2], groups[^1]);
                groups.RemoveRange(groups.Count - 2, 2);
                groups.Add(merged);
            }
        }

        // Rounding each up by less than a step keeps the distance but for less than a step, which the rounding of the next restores.
        int free = int.MinValue;
        int placed = 0;
        foreach (Group group in groups)
        {
            int top = Math.Max(free, (int)Math.Round(group.Top / Box.Grid) * Box.Grid);
            foreach (IColumnItem item in inOrder.AsSpan(placed, group.Count))
            {
                item.Y = top;
                top += item.Height + distance;
            }

            placed += group.Count;
            free = top;
        }
    }

    /// <summary>Each of the two would like a place; together they take the mean of what the items of both would like.</summary>
    private static Group Merge(Group upper, Group lower)
    {
        int count = upper.Count + lower.Count;
        double top = ((upper.Top * upper.Count) + ((lower.Top - upper.Height) * lower.Count)) / count;
        return new Group(count, top, upper.Height + lower.Height);
    }

    /// <summary>Items that follow each other: how many, and where they would like to be.</summary>
    private readonly record struct Group(int Count, double Top, int Height);
}
