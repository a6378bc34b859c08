namespace MtlsScenario.Graphs.Drawing;

/// <summary>
/// All lines of a kind that meet in one box, drawn as one that branches: what an authority signs, who trusts it, what a client
/// calls.
/// </summary>
internal sealed class Net(WireKind kind)
{
    /// <summary>What it says.</summary>
    public WireKind Kind => kind;

    /// <summary>By what its ports are sorted in a box, and its lanes in a gap.</summary>
    public double Order { get; set; }

    /// <summary>Its ends by the gap between columns that they are in.</summary>
    public SortedDictionary<int, GapEnds> Gaps { get; } = [];

    /// <summary>Its ends in that gap.</summary>
    public GapEnds In(int gap)
    {
        if (!Gaps.TryGetValue(gap, out GapEnds? ends))
        {
            Gaps.Add(gap, ends = new GapEnds());
        }

        return ends;
    }
}
