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
        var lanes = new List<List<GapEnds>>();
        foreach (Net net in WireOrder.Of(gap, nets))
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

        Width = lanes.Count == 0 ? 2 * Approach : (2 * Approach) + ((lanes.Count - 1) * LaneWidth);
    }

    /// <summary>How wide the gap is.</summary>
    public int Width { get; }

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
