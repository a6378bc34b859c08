using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

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
        List<Passage>[] passages = [.. columns.Select(_ => new List<Passage>())];
        List<Net> nets = [];
        Net NetOf((int Column, int[] Items) before, IEnumerable<(int Column, int Item)> after)
        {
            (int Column, int Item)[] ends = [.. after];
            string Names(IEnumerable<(int Column, int Item)> items) => string.Join(", ", items.Select(item => columns[item.Column].Items[item.Item].Name));
            var net = new Net(WireKind.Signs, $"{Names(before.Items.Select(item => (before.Column, item)))} before {Names(ends)}", nets.Count);
            net.In(before.Column).Left.AddRange(before.Items.Select(item => new WireEnd(boxes[before.Column][item].AddPort(isLeft: false, net))));
            foreach ((int column, int item) in ends)
            {
                net.In(column - 1).Right.Add(new WireEnd(boxes[column][item].AddPort(isLeft: true, net), WireMark.Arrow));
            }

            for (int column = before.Column + 1; column < ends.Max(end => end.Column); column++)
            {
                var passage = new Passage(net);
                net.In(column - 1).Right.Add(new WireEnd(passage.Port));
                net.In(column).Left.Add(new WireEnd(passage.Port));
                passages[column].Add(passage);
            }

            return net;
        }

        foreach ((int index, OrderColumn column) in columns.Index().Where(column => column.Item.FollowsAll))
        {
            nets.Add(NetOf((index - 1, [.. Enumerable.Range(0, boxes[index - 1].Length)]), column.Items.Select((_, item) => (index, item))));
        }

        foreach (var links in columns.SelectMany((column, index) => column.Links.Select(link => (link.Column, link.Before, After: (index, link.After)))).GroupBy(link => (link.Column, link.Before), link => link.After))
        {
            nets.Add(NetOf((links.Key.Column, [links.Key.Before]), links));
        }

        Frame[] frames = [.. columns.Zip(boxes).Select(pair => new Frame(TextBlock.Of([(pair.First.Title, TextStyle.Strong)], WidestText), pair.Second))];
        var wires = new List<Wire>();
        int x = Margin + Frame.Padding;
        foreach ((int index, Frame frame) in frames.Index())
        {
            frame.Place(2 * Margin + TextMeasure.LineHeight);
            int parity = index % 2 * (Box.Grid / 2);
            boxes[index].ToList().ForEach(box => box.PlacePorts(parity));
            foreach ((int number, Passage passage) in passages[index].Index())
            {
                // What goes past a column goes below it.
                passage.Port.Y = frame.Area.Bottom + ((number + 1) * Box.Grid) + parity;
            }
        }

        foreach ((int index, Frame frame) in frames.Index())
        {
            int width = frame.Boxes.Select(box => box.Text.Width + (2 * Box.Padding)).Append(frame.Title.Width).Max();
            frame.Boxes.ToList().ForEach(box => (box.X, box.Width) = (x, width));
            (frame.X, frame.Width) = (x - Frame.Padding, width + (2 * Frame.Padding));
            var router = new WireRouter(index, nets);
            wires.AddRange(passages[index].Select(passage => Wire.Straight(passage, x, width)));
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
            Height = frames.Select(frame => frame.Area.Bottom).Concat(passages.SelectMany(column => column).Select(passage => passage.Port.Y)).DefaultIfEmpty(0).Max() + Margin,
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
}

/// <summary>What can be done at one time, in any order.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Items">What is done: a name, and what there is to say of it. All text is safe to print.</param>
/// <param name="Links">Which items of which earlier column come before which of these, by their places.</param>
internal sealed record OrderColumn(string Title, ImmutableArray<(string Name, string Said)> Items, ImmutableArray<(int Column, int Before, int After)> Links)
{
    /// <summary>Whether all of the column before comes before all of this, in place of the links.</summary>
    public bool FollowsAll { get; init; }
}
