namespace MtlsScenario.Graphs.Drawing;

/// <summary>What a kind of line means.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Sample">Where a piece of such a line is shown.</param>
/// <param name="Text">The explanation, right of it.</param>
internal sealed record LegendEntry(WireKind Kind, Area Sample, TextLine Text);
