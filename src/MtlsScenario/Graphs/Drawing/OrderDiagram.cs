using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>What can be done at one time, in any order.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Items">What is done: a name, and what there is to say of it. All text is safe to print.</param>
/// <param name="Links">Which items of the column before come before which of these, by their places.</param>
internal sealed record OrderColumn(string Title, ImmutableArray<(string Name, string Said)> Items, ImmutableArray<(int Before, int After)> Links)
{
    /// <summary>Whether all of the column before comes before all of this, in place of the links.</summary>
    public bool FollowsAll { get; init; }
}

/// <summary>Draws in which order things are done: a column for each time, and lines from what comes first to what needs it.</summary>
internal static class OrderDiagram
{
    private const int Margin = 20;
    private const int WidestText = 220;
    private const int SampleWidth = 40;

    /// <summary>The picture.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="columns">The columns, from the left.</param>
    public static Diagram Build(string name, ImmutableArray<OrderColumn> columns)
    {
        ImmutableArray<Box>[] boxes = [.. columns.Select(column => (ImmutableArray<Box>)[.. column.Items.Select(BoxOf)])];
        List<Net> nets =
        [
            .. columns.SelectMany((column, index) => column.FollowsAll
                ? [NetOf(columns, boxes, index, Enumerable.Range(0, boxes[index - 1].Length), Enumerable.Range(0, boxes[index].Length))]
                : column.Links.GroupBy(link => link.Before, link => link.After).Select(links => NetOf(columns, boxes, index, [links.Key], links))),
        ];
        Frame[] frames = [.. columns.Zip(boxes).Select(pair => new Frame(TextBlock.Of([(pair.First.Title, TextStyle.Strong)], WidestText), pair.Second))];
        var wires = new List<Wire>();
        int x = Margin + Frame.Padding;
        foreach ((int index, Frame frame) in frames.Index())
        {
            frame.Place(2 * Margin + TextMeasure.LineHeight);
            boxes[index].ToList().ForEach(box => box.PlacePorts(index % 2 * (Box.Grid / 2)));
        }

        foreach ((int index, Frame frame) in frames.Index())
        {
            int width = frame.Boxes.Select(box => box.Text.Width + (2 * Box.Padding)).Append(frame.Title.Width).Max();
            frame.Boxes.ToList().ForEach(box => (box.X, box.Width) = (x, width));
            (frame.X, frame.Width) = (x - Frame.Padding, width + (2 * Frame.Padding));
            var router = new WireRouter(index, nets);
            wires.AddRange(router.Wires(x + width, x + width + router.Width));
            x += width + router.Width;
        }

        const string Legend = "comes before";
        int right = frames.Select(frame => frame.Area.Right).DefaultIfEmpty(0).Max();
        int legend = Margin + SampleWidth + 8;
        return new Diagram
        {
            Graph = new ScenarioGraph { Name = name, Authorities = [], Parties = [], Connections = [] },
            Subject = "what is changed when, and what comes before what",
            Width = Math.Max(right, legend + TextMeasure.Width(Legend, isBold: false)) + Margin,
            Height = frames.Select(frame => frame.Area.Bottom).DefaultIfEmpty(0).Max() + Margin,
            Frames = [.. frames],
            Boxes = [.. boxes.SelectMany(column => column)],
            Wires = [.. wires],
            Texts = [],
            Legend = nets.Count == 0 ? [] :
            [
                new LegendEntry(
                    WireKind.Signs,
                    new Area(Margin, Margin, SampleWidth, TextMeasure.LineHeight),
                    new TextLine(new Area(legend, Margin, TextMeasure.Width(Legend, isBold: false), TextMeasure.LineHeight), Legend)),
            ],
        };
    }

    private static Box BoxOf((string Name, string Said) item) => new(
        BoxKind.Certificate, TextBlock.Of(item.Said.Length == 0 ? [(item.Name, TextStyle.Strong)] : [(item.Name, TextStyle.Strong), (item.Said, TextStyle.Quiet)], WidestText));

    private static Net NetOf(ImmutableArray<OrderColumn> columns, ImmutableArray<Box>[] boxes, int column, IEnumerable<int> before, IEnumerable<int> after)
    {
        string Names(int at, IEnumerable<int> items) => string.Join(", ", items.Select(item => columns[at].Items[item].Name));
        var net = new Net(WireKind.Signs, $"{Names(column - 1, before)} before {Names(column, after)}", before.First());
        net.In(column - 1).Left.AddRange(before.Select(item => new WireEnd(boxes[column - 1][item].AddPort(isLeft: false, net))));
        net.In(column - 1).Right.AddRange(after.Select(item => new WireEnd(boxes[column][item].AddPort(isLeft: true, net), WireMark.Arrow)));
        return net;
    }
}
