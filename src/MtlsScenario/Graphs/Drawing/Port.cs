namespace MtlsScenario.Graphs.Drawing;

/// <summary>Where a line ends at an item, or passes through it.</summary>
internal sealed class Port(Net net)
{
    /// <summary>The line.</summary>
    public Net Net => net;

    /// <summary>The height, once it is known.</summary>
    public int Y { get; set; }

    /// <summary>How high the other ends of the line are, once that is known: ports of a box are in that order.</summary>
    public double FarHeight { get; set; }
}
