namespace MtlsScenario.Graphs.Drawing;

/// <summary>Where a net ends in one gap between columns.</summary>
internal sealed class GapEnds
{
    /// <summary>The ends at the column on the left of the gap.</summary>
    public List<WireEnd> Left { get; } = [];

    /// <summary>The ends at the column on the right of it.</summary>
    public List<WireEnd> Right { get; } = [];

    /// <summary>The upper end of the upright part.</summary>
    public int Top => Left.Concat(Right).Min(end => end.Port.Y);

    /// <summary>The lower end of it.</summary>
    public int Bottom => Left.Concat(Right).Max(end => end.Port.Y);
}
