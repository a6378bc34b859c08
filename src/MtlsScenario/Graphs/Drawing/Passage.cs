namespace MtlsScenario.Graphs.Drawing;

/// <summary>The room that a line takes where it passes through a column between boxes.</summary>
internal sealed class Passage(Net net) : IColumnItem
{
    /// <summary>Where the line is, once that is known.</summary>
    public Port Port { get; } = new(net);

    /// <inheritdoc/>
    public double Desired { get; set; }

    /// <inheritdoc/>
    public int Height => Box.Grid;

    /// <inheritdoc/>
    public int Y { get; set; }

    /// <summary>By how much the line leaves its place, less than <see cref="Box.Grid"/>, to be straight with what follows.</summary>
    public int Shift { get; set; }
}
