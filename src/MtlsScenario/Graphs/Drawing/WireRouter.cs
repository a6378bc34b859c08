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
        foreach (Net net in nets.Where(net => net.Gaps.ContainsKey(gap)).OrderBy(net => net.Kind).ThenBy(net => net.Gaps[gap].Top))
        {
            GapEnds ends = net.Gaps[gap];
            int lane = lanes.FindIndex(taken => taken.TrueForAll(other => other.Bottom + LaneWidth < ends.Top || ends.Bottom + LaneWidth < other.Top));
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
            yield return new Wire(net.Kind, left + Approach + (lane * LaneWidth), tips);
        }
    }
}
