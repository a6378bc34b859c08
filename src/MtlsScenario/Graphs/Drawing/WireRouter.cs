using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>Gives the upright parts of nets in a gap their lanes.</summary>
internal sealed class WireRouter
{
    /// <summary>From one lane to the next.</summary>
    public const int LaneWidth = 10;

    /// <summary>From the column to the first lane: room for an arrow's head.</summary>
    public const int Approach = 20;

    private readonly List<(Net Net, GapEnds Ends, int Lane)> _nets = [];

    /// <summary>Lanes for the nets that are in a gap; their ports have their heights.</summary>
    public WireRouter(int gap, IEnumerable<Net> nets)
    {
        IReadOnlyList<Net> order = WireOrder.Of(gap, nets);
        int lanes = order.Count > WireOrder.MostNets ? Pack(order, gap) : Arrange(order, gap);
        Width = lanes == 0 ? 2 * Approach : (2 * Approach) + ((lanes - 1) * LaneWidth);
    }

    /// <summary>How wide the gap is.</summary>
    public int Width { get; }

    /// <summary>Lanes in which few lines cross; every net is held against every other one.</summary>
    /// <returns>How many there are.</returns>
    private int Arrange(IReadOnlyList<Net> order, int gap)
    {
        var lanes = new List<List<GapEnds>>();
        foreach (Net net in order)
        {
            GapEnds ends = net.Gaps[gap];

            // It stays on its side of what it would cross more often on the other.
            int first = _nets.Where(other => WireOrder.Crossings(other.Ends, ends) < WireOrder.Crossings(ends, other.Ends))
                .Select(other => other.Lane + 1).DefaultIfEmpty(0).Max();
            int lane = lanes.FindIndex(Math.Min(first, lanes.Count), taken => taken.TrueForAll(other => AreApart(other, ends)));
            if (lane < 0)
            {
                lane = lanes.Count;
                lanes.Add([]);
            }

            lanes[lane].Add(ends);
            _nets.Add((net, ends, lane));
        }

        return lanes.Count;
    }

    /// <summary>As few lanes as there can be: from above, each net takes the one that has been free for longest.</summary>
    /// <returns>How many there are.</returns>
    private int Pack(IReadOnlyList<Net> order, int gap)
    {
        var lanes = new PriorityQueue<int, int>();
        foreach ((Net net, int top) in order.Select(net => (net, net.Gaps[gap].Top)).OrderBy(pair => pair.Top))
        {
            GapEnds ends = net.Gaps[gap];
            int lane = lanes.TryPeek(out int free, out int bottom) && bottom + LaneWidth < top ? free : lanes.Count;
            if (lane < lanes.Count)
            {
                lanes.Dequeue();
            }

            lanes.Enqueue(lane, ends.Bottom);
            _nets.Add((net, ends, lane));
        }

        return lanes.Count;
    }

    private static bool AreApart(GapEnds one, GapEnds other) =>
        one.Bottom + LaneWidth < other.Top || other.Bottom + LaneWidth < one.Top;

    /// <summary>The wires of a gap.</summary>
    /// <param name="left">Where it begins.</param>
    /// <param name="right">Where it ends.</param>
    public IEnumerable<Wire> Wires(int left, int right)
    {
        foreach ((Net net, GapEnds ends, int lane) in _nets)
        {
            ImmutableArray<WireTip> tips =
            [
                .. ends.Left.Select(end => new WireTip(left, end.Port.Y, end.Mark)),
                .. ends.Right.Select(end => new WireTip(right, end.Port.Y, end.Mark)),
            ];
            yield return new Wire(net, left + Approach + (lane * LaneWidth), tips);
        }
    }
}
