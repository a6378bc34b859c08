namespace MtlsScenario.Graphs.Drawing;

/// <summary>A line of text in its place.</summary>
/// <param name="Area">The room that it has; the text begins at its left and stands on its baseline.</param>
/// <param name="Text">The text.</param>
/// <param name="Style">How it looks.</param>
internal sealed record TextLine(Area Area, string Text, TextStyle Style = TextStyle.Normal)
{
    /// <summary>The height of the baseline.</summary>
    public int Baseline => Area.Y + 13;
}
