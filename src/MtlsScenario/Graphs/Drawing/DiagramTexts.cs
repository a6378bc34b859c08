using System.Collections.Immutable;
using System.Globalization;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>What is written above and below the boxes of a diagram.</summary>
internal sealed class DiagramTexts
{
    private const int SampleWidth = 40;
    private readonly ScenarioGraph _graph;
    private readonly int _margin;

    /// <summary>The text above.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="width">How wide lines may be.</param>
    /// <param name="margin">What is left free around all.</param>
    public DiagramTexts(ScenarioGraph graph, int width, int margin)
    {
        (_graph, Width, _margin) = (graph, width, margin);
        List<(string, TextStyle)> title = [(graph.Name, TextStyle.Strong)];
        if (graph.Description is { } description)
        {
            title.Add((description, TextStyle.Quiet));
        }

        TextBlock block = TextBlock.Of(title, width);
        Head = [.. block.At(margin, margin)];
        Legend = [.. Explain(margin + block.Height + (margin / 2))];
        HeadHeight = Legend.Select(entry => entry.Text.Area.Bottom).Append(margin + block.Height).Max() + margin;
    }

    /// <summary>How wide lines may be.</summary>
    public int Width { get; }

    /// <summary>How much of the picture the text above takes.</summary>
    public int HeadHeight { get; }

    /// <summary>The title.</summary>
    public ImmutableArray<TextLine> Head { get; }

    /// <summary>What the lines mean.</summary>
    public ImmutableArray<LegendEntry> Legend { get; }

    /// <summary>The steps, from that height on.</summary>
    public IEnumerable<TextLine> Steps(int top)
    {
        if (_graph.Steps.IsEmpty)
        {
            yield break;
        }

        int indent = TextMeasure.Width("000. ", isBold: false);
        foreach (GraphStep step in _graph.Steps)
        {
            string number = string.Create(CultureInfo.InvariantCulture, $"{step.Number}.");
            var area = new Area(_margin, top, TextMeasure.Width(number, isBold: true), TextMeasure.LineHeight);
            yield return new TextLine(area, number, TextStyle.Strong);
            TextBlock block = TextBlock.Of([(step.Text, TextStyle.Normal)], Width - indent);
            foreach (TextLine line in block.At(_margin + indent, top))
            {
                yield return line;
            }

            top += block.Height + 4;
        }
    }

    private IEnumerable<LegendEntry> Explain(int top)
    {
        List<(WireKind, string)> meanings = [(WireKind.Signs, "signs"), (WireKind.Trusts, "trusts")];
        if (_graph.Connections.Any(connection => !connection.IsRejected))
        {
            meanings.Add((WireKind.Accepted, "must get through (✓)"));
        }

        if (_graph.Connections.Any(connection => connection.IsRejected))
        {
            meanings.Add((WireKind.Rejected, "must be rejected (✗)"));
        }

        int x = _margin;
        foreach ((WireKind kind, string meaning) in meanings)
        {
            int width = TextMeasure.Width(meaning, isBold: false);
            if (x > _margin && x + SampleWidth + 8 + width > _margin + Width)
            {
                x = _margin;
                top += TextMeasure.LineHeight;
            }

            var text = new TextLine(new Area(x + SampleWidth + 8, top, width, TextMeasure.LineHeight), meaning);
            yield return new LegendEntry(kind, new Area(x, top, SampleWidth, TextMeasure.LineHeight), text);
            x += SampleWidth + 8 + width + 24;
        }
    }
}
