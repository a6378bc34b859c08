namespace MtlsScenario.Graphs.Drawing;

/// <summary>Finds an order of the upright parts of nets in a gap, from the left, in which few lines cross.</summary>
internal static class WireOrder
{
    /// <summary>The time is that of the third power; a picture of more lines is not looked at as a whole.</summary>
    public const int MostNets = 150;

    private const int MostRounds = 10;

    /// <summary>The nets that are in a gap, in that order; those of a kind are together where nothing is against it.</summary>
    public static IReadOnlyList<Net> Of(int gap, IEnumerable<Net> nets)
    {
        List<Net> order =
        [
            .. nets.Where(net => net.Gaps.ContainsKey(gap)).OrderBy(net => net.Kind).ThenBy(net => net.Gaps[gap].Top),
        ];
        if (order.Count > MostNets)
        {
            return order;
        }

        bool isBetter = true;
        for (int round = 0; isBetter && round < MostRounds; round++)
        {
            isBetter = false;
            foreach (Net net in order.ToArray())
            {
                isBetter |= Move(net, order, gap);
            }
        }

        return order;
    }

    /// <summary>How often the lines of two nets cross where the first is on the left.</summary>
    public static int Crossings(GapEnds left, GapEnds right) =>
        CountWithin(left.Right, right.Top, right.Bottom) + CountWithin(right.Left, left.Top, left.Bottom);

    private static int CountWithin(List<WireEnd> ends, int top, int bottom) => ends.Count(end => end.Port.Y > top && end.Port.Y < bottom);

    /// <summary>Moves a net to the place where it crosses the least; false where that is its own.</summary>
    private static bool Move(Net net, List<Net> order, int gap)
    {
        GapEnds own = net.Gaps[gap];
        int from = order.IndexOf(net);
        int[] gains = [.. order.Select(other => Crossings(other.Gaps[gap], own) - Crossings(own, other.Gaps[gap]))];
        (int best, int to) = (0, from);
        for (int index = from + 1, change = 0; index < order.Count; index++)
        {
            change += gains[index];
            (best, to) = change < best ? (change, index) : (best, to);
        }

        for (int index = from - 1, change = 0; index >= 0; index--)
        {
            change -= gains[index];
            (best, to) = change < best ? (change, index) : (best, to);
        }

        order.RemoveAt(from);
        order.Insert(to, net);
        return to != from;
    }
}
