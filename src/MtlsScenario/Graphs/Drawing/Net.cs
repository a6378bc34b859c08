namespace MtlsScenario.Graphs.Drawing;

/// <summary>
/// All lines of a kind that meet in one box, drawn as one that branches: what an authority signs, who trusts it, what a client
/// calls.
/// </summary>
/// <param name="kind">What kind of thing it says.</param>
/// <param name="meaning">What it says, in words: <c>ca signs bob_server, amy_client</c>.</param>
/// <param name="order">Its place among all.</param>
internal sealed class Net(WireKind kind, string meaning, int order)
{
    /// <summary>What kind of thing it says.</summary>
    public WireKind Kind => kind;

    /// <summary>What it says, in words.</summary>
    public string Meaning => meaning;

    /// <summary>Its place among all, where nothing else tells which comes first.</summary>
    public int Order => order;

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
