using System.Collections.Immutable;

namespace MtlsScenario.Graphs.Drawing;

/// <summary>The lines of a diagram: which there are, where they end, and where the boxes at their ends would like to be therefore.</summary>
internal sealed class DiagramNets
{
    private readonly Dictionary<string, Box> _boxes;
    private readonly Func<string, int> _columnOf;
    private readonly List<Net> _nets = [];
    private readonly Dictionary<int, List<Passage>> _passages = [];
    private readonly Dictionary<Box, List<Port>> _connectionEnds = [];
    private readonly Dictionary<int, WireRouter> _routers = [];

    /// <summary>The lines of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="boxes">The boxes of the certificates by stem.</param>
    /// <param name="connections">The boxes of the connections, in their order.</param>
    /// <param name="columnOf">The column of a certificate.</param>
    public DiagramNets(
        ScenarioGraph graph, Dictionary<string, Box> boxes, ImmutableArray<Box> connections, Func<string, int> columnOf)
    {
        (_boxes, _columnOf) = (boxes, columnOf);
        ILookup<string?, GraphCertificate> signed = graph.Certificates.ToLookup(other => other.Issuer, StringComparer.Ordinal);
        ILookup<string, GraphCertificate> trusting = graph.Certificates
            .SelectMany(other => other.Trusts.Distinct(StringComparer.Ordinal), (other, anchor) => (other, anchor))
            .ToLookup(pair => pair.anchor, pair => pair.other, StringComparer.Ordinal);
        foreach (GraphCertificate authority in graph.Authorities)
        {
            Tie(WireKind.Signs, authority.Stem, signed[authority.Stem]);
            Tie(WireKind.Trusts, authority.Stem, trusting[authority.Stem]);
        }

        (GraphConnection Connection, Box Box)[] placed = [.. graph.Connections.Zip(connections)];
        foreach (IGrouping<(string Client, bool IsRejected), (GraphConnection Connection, Box Box)> calls in
            placed.GroupBy(pair => (pair.Connection.Client, pair.Connection.IsRejected)))
        {
            Tie(calls.Key.Client, calls.Key.IsRejected, isCalled: false, [.. calls]);
        }

        foreach (IGrouping<(string Server, bool IsRejected), (GraphConnection Connection, Box Box)> calls in
            placed.GroupBy(pair => (pair.Connection.Server, pair.Connection.IsRejected)))
        {
            Tie(calls.Key.Server, calls.Key.IsRejected, isCalled: true, [.. calls]);
        }
    }

    /// <summary>The lines that pass through a column.</summary>
    public IReadOnlyList<Passage> PassagesIn(int column) => _passages.GetValueOrDefault(column) ?? [];

    /// <summary>The lanes of the gap to the right of a column; ports have their heights.</summary>
    public WireRouter Route(int column)
    {
        if (!_routers.TryGetValue(column, out WireRouter? router))
        {
            _routers.Add(column, router = new WireRouter(column, _nets));
        }

        return router;
    }

    /// <summary>Tells each port how high the other ends of its line are.</summary>
    public void LookAcross()
    {
        foreach (GapEnds ends in _nets.SelectMany(net => net.Gaps.Values))
        {
            double left = ends.Left.Average(end => end.Port.Y);
            double right = ends.Right.Average(end => end.Port.Y);
            ends.Left.ForEach(end => end.Port.FarHeight = right);
            ends.Right.ForEach(end => end.Port.FarHeight = left);
        }
    }

    /// <summary>Takes small bends out of lines that pass through a column, where no other line is in the way.</summary>
    public void Straighten(int column)
    {
        // How often a height is taken; it is free for a net where that is by nobody but itself.
        var taken = new Dictionary<int, int>();
        void Count(int height, int change) => taken[height] = taken.GetValueOrDefault(height) + change;
        foreach (int height in _nets.SelectMany(net => HeightsBeside(net, column)))
        {
            Count(height, 1);
        }

        foreach (Passage passage in PassagesIn(column))
        {
            Net own = passage.Port.Net;
            int[] heights = [.. HeightsBeside(own, column)];
            int[] near =
            [
                .. own.Gaps[column - 1].Left.Concat(own.Gaps[column].Right).Select(end => end.Port.Y)
                    .Where(height => Math.Abs(height - passage.Port.Y) < Box.Grid && taken[height] == heights.Count(height.Equals)),
            ];
            if (near.Length > 0)
            {
                // The line has an end in the gap on either side.
                Count(passage.Port.Y, -2);
                Count(near[0], 2);
                passage.Shift = near[0] - passage.Port.Y;
                passage.Port.Y = near[0];
            }
        }
    }

    private static IEnumerable<int> HeightsBeside(Net net, int column) => new[] { column - 1, column }
        .Where(net.Gaps.ContainsKey)
        .SelectMany(gap => net.Gaps[gap].Left.Concat(net.Gaps[gap].Right))
        .Select(end => end.Port.Y);

    /// <summary>Boxes and passages of a column would like to be at the middle of what they are tied to on their right.</summary>
    public void DesireLeftOf(int column, IEnumerable<Box> boxes)
    {
        ILookup<Port, Net> starts = _nets.Where(net => net.Gaps.ContainsKey(column))
            .SelectMany(net => net.Gaps[column].Left.Select(end => (end.Port, Net: net))).ToLookup(pair => pair.Port, pair => pair.Net);
        double lowest = 0;
        foreach (Box box in boxes)
        {
            double[] heights = [.. box.RightPorts.SelectMany(port => starts[port]).SelectMany(net => net.Gaps[column].Right).Select(end => (double)end.Port.Y)];
            box.Desired = heights.Length == 0 ? lowest : heights.Average();
            lowest = Math.Max(lowest, box.Desired);
        }

        foreach (Passage passage in PassagesIn(column))
        {
            passage.Desired = passage.Port.Net.Gaps[column].Right.Average(end => end.Port.Y);
        }
    }

    /// <summary>Connections would like to be at the middle of their two ends.</summary>
    public void DesireOfConnections(int partyColumn, IEnumerable<Box> connections)
    {
        foreach (Box box in connections)
        {
            box.Desired = _connectionEnds[box].Average(port => port.Net.In(partyColumn).Left[0].Port.Y);
        }
    }

    private void Tie(WireKind kind, string authority, IEnumerable<GraphCertificate> others)
    {
        GraphCertificate[] members = [.. others];
        if (members.Length == 0)
        {
            return;
        }

        bool isTrust = kind == WireKind.Trusts;
        string names = string.Join(", ", members.Select(member => member.Stem));
        Net net = NewNet(kind, isTrust ? $"{authority} is trusted by {names}" : $"{authority} signs {names}");
        int first = _columnOf(authority);
        int last = members.Max(member => _columnOf(member.Stem));
        Port start = _boxes[authority].AddPort(isLeft: false, net);
        net.In(first).Left.Add(new WireEnd(start, isTrust ? WireMark.Arrow : WireMark.None));
        foreach (GraphCertificate member in members)
        {
            Port end = _boxes[member.Stem].AddPort(isLeft: true, net);
            net.In(_columnOf(member.Stem) - 1).Right.Add(new WireEnd(end, isTrust ? WireMark.None : WireMark.Arrow));
        }

        for (int column = first + 1; column < last; column++)
        {
            var passage = new Passage(net);
            net.In(column - 1).Right.Add(new WireEnd(passage.Port));
            net.In(column).Left.Add(new WireEnd(passage.Port));
            if (!_passages.TryGetValue(column, out List<Passage>? passages))
            {
                _passages.Add(column, passages = []);
            }

            passages.Add(passage);
        }
    }

    private void Tie(string certificate, bool isRejected, bool isCalled, ImmutableArray<(GraphConnection Connection, Box Box)> calls)
    {
        Net net = NewNet(
            isRejected ? WireKind.Rejected : WireKind.Accepted,
            string.Join(", ", calls.Select(pair => $"{pair.Connection.Ends} {pair.Connection.Marked}")));
        GapEnds ends = net.In(_columnOf(certificate));
        WireMark atServer = isRejected ? WireMark.Cross : WireMark.Arrow;
        ends.Left.Add(new WireEnd(_boxes[certificate].AddPort(isLeft: false, net), isCalled ? atServer : WireMark.None));
        foreach ((_, Box box) in calls)
        {
            Port port = box.AddPort(isLeft: true, net);
            ends.Right.Add(new WireEnd(port, isCalled ? WireMark.None : WireMark.Arrow));
            if (!_connectionEnds.TryGetValue(box, out List<Port>? ports))
            {
                _connectionEnds.Add(box, ports = []);
            }

            ports.Add(port);
        }
    }

    private Net NewNet(WireKind kind, string meaning)
    {
        var net = new Net(kind, meaning, _nets.Count);
        _nets.Add(net);
        return net;
    }
}
