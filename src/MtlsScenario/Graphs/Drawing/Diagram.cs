using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>A picture of which every part has its place, in pixels.</summary>
internal sealed record Diagram
{
    /// <summary>What it is of.</summary>
    public required ScenarioGraph Graph { get; init; }

    /// <summary>What it shows of that.</summary>
    public string Subject { get; init; } = "who signs whom, who trusts whom, and who must get through to whom";

    /// <summary>Its width.</summary>
    public required int Width { get; init; }

    /// <summary>Its height.</summary>
    public required int Height { get; init; }

    /// <summary>The frames of the parties.</summary>
    public required ImmutableArray<Frame> Frames { get; init; }

    /// <summary>The boxes, those in frames too.</summary>
    public required ImmutableArray<Box> Boxes { get; init; }

    /// <summary>The lines.</summary>
    public required ImmutableArray<Wire> Wires { get; init; }

    /// <summary>The text outside of boxes: the title, the explanation of the lines, the steps.</summary>
    public required ImmutableArray<TextLine> Texts { get; init; }

    /// <summary>The explanation of the lines.</summary>
    public required ImmutableArray<LegendEntry> Legend { get; init; }

    /// <summary>Every text of the picture.</summary>
    public IEnumerable<TextLine> AllTexts => Texts
        .Concat(Legend.Select(entry => entry.Text))
        .Concat(Frames.SelectMany(frame => frame.Title.At(frame.X + Frame.Padding, frame.Y + (Frame.Padding / 2))))
        .Concat(Boxes.SelectMany(TextOf));

    /// <summary>The text of a box, in its place.</summary>
    public static IEnumerable<TextLine> TextOf(Box box) =>
        box.Text.At(box.X + Box.Padding, box.Y + ((box.Height - box.Text.Height) / 2));
}
