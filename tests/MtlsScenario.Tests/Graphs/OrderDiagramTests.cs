using MtlsScenario.Graphs.Drawing;
using Xunit;

namespace MtlsScenario.Tests.Graphs;

/// <summary>The drawing of an order in waves.</summary>
public sealed class OrderDiagramTests
{
    [Fact]
    public void What_comes_before_something_two_waves_later_is_drawn_below_the_wave_in_between()
    {
        Diagram diagram = OrderDiagram.Build("order",
        [
            new("wave 1", [("amy", "trust"), ("bob", "trust")], []),
            new("wave 2", [("carl", "key"), ("dora", "key"), ("eve", "key")], [(0, 0, 0)]),
            new("wave 3", [("fred", "key")], [(0, 0, 0), (0, 1, 0), (1, 2, 0)]),
        ]);

        Assert.Equal(["amy before carl, fred", "bob before fred", "eve before fred"], diagram.Wires.Select(wire => wire.Net.Meaning).Distinct().Order(StringComparer.Ordinal));
        Frame middle = diagram.Frames[1];
        Wire[] past = [.. diagram.Wires.Where(wire => wire.Tips.Length == 2 && wire.Tips[0].X <= middle.X + Frame.Padding && wire.Tips[1].X >= middle.Area.Right - Frame.Padding)];
        Assert.Equal(["amy before carl, fred", "bob before fred"], past.Select(wire => wire.Net.Meaning).Order(StringComparer.Ordinal));
        Assert.All(past, wire => Assert.True(wire.Top > middle.Area.Bottom && wire.Bottom < diagram.Height));
        Assert.Equal(2, past.Select(wire => wire.Top).Distinct().Count());
    }
}
