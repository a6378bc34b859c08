using MtlsScenario.Graphs;
using MtlsScenario.Graphs.Drawing;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Graphs;

public sealed class DiagramTests
{
    private const int Shadow = 4;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (int certificates in new[] { 2, 3, 5, 10, 20, 40 })
            {
                for (int seed = 1; seed <= 8; seed++)
                {
                    sizes.Add(seed, certificates);
                }
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Nothing_overlaps_in_a_random_scenario(int seed, int certificates)
    {
        Scenario scenario = RandomScenario.Create(seed, certificates);

        AssertNothingOverlaps(DiagramBuilder.Build(GraphBuilder.For(scenario, withSteps: seed % 2 == 0)));
    }

    [Fact]
    public void A_certificate_is_tied_to_its_issuer_to_whom_it_trusts_and_to_its_connections()
    {
        Scenario scenario = RandomScenario.Create(3, 20);
        ScenarioGraph graph = GraphBuilder.For(scenario, withSteps: false);

        Diagram diagram = DiagramBuilder.Build(graph);

        int Tips(WireKind kind, Func<Box, bool> isAt) => diagram.Wires.Where(wire => wire.Kind == kind).SelectMany(wire => wire.Tips)
            .Count(tip => diagram.Boxes.Any(box => isAt(box) && (tip.X == box.X || tip.X == box.Area.Right) && tip.Y > box.Y && tip.Y < box.Area.Bottom));
        int signed = graph.Certificates.Count(certificate => certificate.Issuer is not null);
        int signers = graph.Certificates.Select(certificate => certificate.Issuer).OfType<string>().Distinct().Count();
        Assert.Equal(signed + signers, Tips(WireKind.Signs, box => box.Kind is BoxKind.Authority or BoxKind.Certificate));
        Assert.Equal(graph.Certificates.Sum(certificate => certificate.Trusts.Length), Tips(WireKind.Trusts, box => box.Kind == BoxKind.Certificate));
        Assert.Equal(2 * graph.Connections.Count(connection => connection.IsRejected), Tips(WireKind.Rejected, box => box.Kind == BoxKind.Rejected));
        Assert.Equal(2 * graph.Connections.Count(connection => !connection.IsRejected), Tips(WireKind.Accepted, box => box.Kind == BoxKind.Accepted));
    }

    [Theory]
    [InlineData("amy-client", 20)]
    [InlineData("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", 10)]
    [InlineData("two words, and/more.of-them", 12)]
    [InlineData("", 5)]
    public void Wrapped_text_loses_nothing_but_spaces_at_breaks(string text, int widest)
    {
        string[] lines = [.. WrappedText.Lines(text, widest, TerminalColumns.Of)];

        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= widest));
    }

    internal static void AssertNothingOverlaps(Diagram diagram)
    {
        Area canvas = new(0, 0, diagram.Width, diagram.Height);
        Area[] boxes = [.. diagram.Boxes.Select(box => box.Area with { Width = box.Width + (box.IsMany ? Shadow : 0), Height = box.Height + (box.IsMany ? Shadow : 0) })];
        AssertApart(boxes);
        AssertApart([.. diagram.Frames.Select(frame => frame.Area)]);
        AssertApart([.. diagram.AllTexts.Select(line => line.Area)]);
        Assert.All(boxes, box => Assert.True(canvas.Contains(box), $"{box} is cut"));
        Assert.All(diagram.AllTexts, line => Assert.True(canvas.Contains(line.Area), $"{line} is cut"));
        foreach (Box box in diagram.Boxes)
        {
            Assert.All(Diagram.TextOf(box), line => Assert.True(box.Area.Contains(line.Area), $"{line} leaves its box"));
            Frame? owner = diagram.Frames.FirstOrDefault(frame => frame.Boxes.Contains(box));
            Assert.All(diagram.Frames, frame => Assert.True(frame == owner ? frame.Area.Contains(box.Area) : !frame.Area.Overlaps(box.Area)));
        }

        Area[] segments = [.. diagram.Wires.SelectMany(Segments)];
        Assert.All(segments, segment => Assert.True(canvas.Contains(segment)));
        Assert.All(segments, segment => Assert.DoesNotContain(diagram.Boxes, box => box.Area.Overlaps(segment)));
        Assert.All(segments, segment => Assert.DoesNotContain(diagram.AllTexts, line => line.Area.Overlaps(segment)));
        AssertWiresAreApart(diagram);
    }

    /// <summary>Lines may cross at a right angle; two that run along each other could not be told apart.</summary>
    private static void AssertWiresAreApart(Diagram diagram)
    {
        for (int one = 0; one < diagram.Wires.Length; one++)
        {
            Area[] own = [.. Segments(diagram.Wires[one])];
            for (int other = one + 1; other < diagram.Wires.Length; other++)
            {
                foreach (Area theirs in Segments(diagram.Wires[other]))
                {
                    Assert.DoesNotContain(own, segment => segment.Width > 1 == theirs.Width > 1 && segment.Overlaps(theirs));
                }
            }
        }
    }

    private static IEnumerable<Area> Segments(Wire wire)
    {
        yield return new Area(wire.X, wire.Top, 1, wire.Bottom - wire.Top + 1);
        foreach (WireTip tip in wire.Tips.Where(tip => tip.X != wire.X))
        {
            yield return new Area(Math.Min(wire.X, tip.X), tip.Y, Math.Abs(tip.X - wire.X), 1);
        }
    }

    private static void AssertApart(Area[] areas)
    {
        for (int one = 0; one < areas.Length; one++)
        {
            for (int other = one + 1; other < areas.Length; other++)
            {
                Assert.False(areas[one].Overlaps(areas[other]), $"{areas[one]} and {areas[other]} overlap");
            }
        }
    }
}
