namespace MtlsScenario.Graphs.Drawing;

/// <summary>Something that takes room in a column.</summary>
internal interface IColumnItem
{
    /// <summary>Where its middle should be.</summary>
    double Desired { get; }

    /// <summary>Its height, a multiple of the grid.</summary>
    int Height { get; }

    /// <summary>Its upper border.</summary>
    int Y { get; set; }
}
