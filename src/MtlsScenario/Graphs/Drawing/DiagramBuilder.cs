using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>
/// Lays a graph out in columns: roots on the left, then intermediates by their depth, then the parties, then the connections.
/// Lines run in the gaps between columns, each in a lane of its own, and where they have to get past a column, room is left.
/// </summary>
internal sealed class DiagramBuilder
{
    private const int Margin = 20;
    private const int WidestText = 290;
    private const int WidestConnection = 250;
    private const int NarrowestTitle = 600;
    private const int BetweenBoxes = 20;
    private const int BetweenConnections = 10;

    private readonly ScenarioGraph _graph;
    private readonly DiagramNets _nets;
    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _depths;
    private readonly ImmutableArray<Frame> _frames;
    private readonly ImmutableArray<Box> _connections;
    private readonly int _partyColumn;

    private DiagramBuilder(ScenarioGraph graph)
    {
        (_graph, _depths) = (graph, graph.Depths());
        _partyColumn = _depths.Values.DefaultIfEmpty(-1).Max() + 1;
        foreach (GraphCertificate certificate in graph.Certificates)
        {
            _boxes.Add(certificate.Stem, BoxOf(certificate));
        }

        _frames = [.. InReadingOrder(graph).Select(FrameOf)];
        _connections = [.. graph.Connections.Select(BoxOf)];
        _nets = new DiagramNets(graph, _boxes, _connections, ColumnOf);
    }

    private int ConnectionColumn => _partyColumn + 1;

    /// <summary>The picture.</summary>
    public static Diagram Build(ScenarioGraph graph)
    {
        var builder = new DiagramBuilder(graph);
        builder.PlaceUpright();
        return builder.PlaceAcross();
    }

    private int ColumnOf(string stem) => _depths.GetValueOrDefault(stem, _partyColumn);

    private Box BoxOf(GraphCertificate certificate)
    {
        string size = certificate.Replicas is { } count ? $" {GraphText.Times(count)}" : "";
        var paragraphs = new List<(string, TextStyle)>
        {
            (certificate.Stem + size, TextStyle.Strong),
            (certificate.Title, TextStyle.Normal),
        };
        paragraphs.AddRange(certificate.Details.Select(detail => (detail, TextStyle.Quiet)));
        if (certificate.Issuer is { } issuer)
        {
            paragraphs.Add(($"signed by {issuer}", TextStyle.Normal));
        }

        if (!certificate.IsAuthority)
        {
            string trusts = certificate.Trusts.IsEmpty ? "nobody" : string.Join(", ", certificate.Trusts);
            paragraphs.Add(($"trusts {trusts}", TextStyle.Normal));
        }

        if (_graph.StepsOf(certificate) is { } steps)
        {
            paragraphs.Add((steps, TextStyle.Strong));
        }

        BoxKind kind = certificate.IsAuthority ? BoxKind.Authority : BoxKind.Certificate;
        return new Box(kind, TextBlock.Of(paragraphs, WidestText), certificate.Replicas is not null) { IsRevoked = certificate.IsRevoked };
    }

    private static Box BoxOf(GraphConnection connection)
    {
        IEnumerable<(string, TextStyle)> paragraphs =
        [
            (connection.Ends, TextStyle.Normal),
            (connection.Marked, TextStyle.Strong),
            .. connection.Conditions.Select(condition => (condition, TextStyle.Quiet)),
        ];
        return new Box(
            connection.IsRejected ? BoxKind.Rejected : BoxKind.Accepted, TextBlock.Of(paragraphs, WidestConnection));
    }

    private Frame FrameOf(GraphParty party) => new(
        TextBlock.Of([(party.Title, TextStyle.Strong)], WidestText),
        [.. party.Certificates.Select(certificate => _boxes[certificate.Stem])]);

    /// <summary>Parties of one issuer stand together, so that fewer lines cross.</summary>
    private static IEnumerable<GraphParty> InReadingOrder(ScenarioGraph graph)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        ILookup<string?, GraphCertificate> signed = graph.Authorities.ToLookup(authority => authority.Issuer, StringComparer.Ordinal);
        foreach (GraphCertificate root in graph.Authorities.Where(authority => authority.Issuer is null))
        {
            Visit(root);
        }

        return graph.Parties.OrderBy(party => party.Certificates
            .Select(certificate => order[certificate.Issuer!]).DefaultIfEmpty(0).Average());

        void Visit(GraphCertificate authority)
        {
            order.Add(authority.Stem, order.Count);
            foreach (GraphCertificate below in signed[authority.Stem])
            {
                Visit(below);
            }
        }
    }

    /// <summary>The parties are stacked; the other columns arrange themselves by what they are tied to.</summary>
    private void PlaceUpright()
    {
        int top = 0;
        foreach (Frame frame in _frames)
        {
            frame.Place(top);
            top += frame.Height + BetweenBoxes;
        }

        PlacePorts(_partyColumn);
        for (int column = _partyColumn - 1; column >= 0; column--)
        {
            _nets.DesireLeftOf(column, BoxesIn(column));
            ColumnPlacement.Place([.. BoxesIn(column), .. _nets.PassagesIn(column)], BetweenBoxes);
            PlacePorts(column);
        }

        _nets.DesireOfConnections(_partyColumn, _connections);
        ColumnPlacement.Place(_connections, BetweenConnections);
        PlacePorts(ConnectionColumn);

        // Now that it is known where lines lead, those of a box change their places so that fewer cross.
        _nets.LookAcross();
        for (int column = 0; column <= ConnectionColumn; column++)
        {
            PlacePorts(column);
        }

        for (int column = 1; column < _partyColumn; column++)
        {
            _nets.Straighten(column);
        }
    }

    private IEnumerable<Box> BoxesIn(int column) => column == ConnectionColumn
        ? _connections
        : _graph.Certificates.Where(certificate => ColumnOf(certificate.Stem) == column).Select(certificate => _boxes[certificate.Stem]);

    private void PlacePorts(int column)
    {
        int parity = column % 2 * (Box.Grid / 2);
        foreach (Box box in BoxesIn(column))
        {
            box.PlacePorts(parity);
        }

        foreach (Passage passage in _nets.PassagesIn(column))
        {
            passage.Port.Y = passage.Y + parity + passage.Shift;
        }
    }

    private Diagram PlaceAcross()
    {
        DiagramTexts texts = new(_graph, BodyWidth() + (2 * Margin) > NarrowestTitle ? BodyWidth() : NarrowestTitle, Margin);
        int top = _boxes.Values.Concat(_connections).Select(box => box.Y)
            .Concat(_frames.Select(frame => frame.Y)).DefaultIfEmpty(0).Min();
        MoveDown(Box.RoundUp(texts.HeadHeight) - top);
        int bottom = _boxes.Values.Concat(_connections).Select(box => box.Area.Bottom)
            .Concat(_frames.Select(frame => frame.Area.Bottom)).DefaultIfEmpty(texts.HeadHeight).Max();
        ImmutableArray<Wire> wires = [.. PlaceColumns()];
        ImmutableArray<TextLine> steps = [.. texts.Steps(bottom + Margin)];
        return new Diagram
        {
            Graph = _graph,
            Width = texts.Width + (2 * Margin),
            Height = steps.Select(line => line.Area.Bottom).Append(bottom).Max() + Margin,
            Frames = _frames,
            Boxes = [.. _boxes.Values, .. _connections],
            Wires = wires,
            Texts = [.. texts.Head, .. steps],
            Legend = texts.Legend,
        };
    }

    private void MoveDown(int distance)
    {
        foreach (Frame frame in _frames)
        {
            frame.Place(frame.Y + distance);
        }

        for (int column = 0; column <= ConnectionColumn; column++)
        {
            if (column != _partyColumn)
            {
                foreach (IColumnItem item in BoxesIn(column).Concat<IColumnItem>(_nets.PassagesIn(column)))
                {
                    item.Y += distance;
                }
            }

            PlacePorts(column);
        }
    }

    private int BodyWidth()
    {
        int width = 0;
        for (int column = 0; column <= ConnectionColumn; column++)
        {
            width += WidthOf(column) + (column == _partyColumn ? 2 * Frame.Padding : 0);
            width += column < ConnectionColumn ? _nets.Route(column).Width - FrameOverlap(column) : 0;
        }

        return width;
    }

    /// <summary>A gap is counted from box to box; beside the parties the frame takes a part of it.</summary>
    private int FrameOverlap(int gap) => gap == _partyColumn || gap == _partyColumn - 1 ? Frame.Padding : 0;

    private int WidthOf(int column)
    {
        int widest = BoxesIn(column).Select(box => box.Text.Width + (2 * Box.Padding)).DefaultIfEmpty(0).Max();
        return column == _partyColumn
            ? Math.Max(widest, _frames.Select(frame => frame.Title.Width).DefaultIfEmpty(0).Max())
            : widest;
    }

    private IEnumerable<Wire> PlaceColumns()
    {
        int x = Margin;
        for (int column = 0; column <= ConnectionColumn; column++)
        {
            x += column == _partyColumn && column == 0 ? Frame.Padding : 0;
            int width = WidthOf(column);
            foreach (Box box in BoxesIn(column))
            {
                (box.X, box.Width) = (x, width);
            }

            if (column == _partyColumn)
            {
                foreach (Frame frame in _frames)
                {
                    (frame.X, frame.Width) = (x - Frame.Padding, width + (2 * Frame.Padding));
                }
            }

            if (column < ConnectionColumn)
            {
                WireRouter router = _nets.Route(column);
                foreach (Wire wire in _nets.PassagesIn(column).Select(passage => Wire.Straight(passage, x, width)).Concat(router.Wires(x + width, x + width + router.Width)))
                {
                    yield return wire;
                }

                x += width + router.Width;
            }
        }
    }
}
