using MtlsScenario.Graphs.Drawing;
using Xunit;

namespace MtlsScenario.Tests.Graphs;

public sealed class WireOrderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_lines_the_one_is_on_the_left_that_crosses_the_other_less(bool isOtherFirst)
    {
        // From above to the middle, and from the middle downwards: with the first on the left they cross, otherwise not.
        Net down = CreateNet(WireKind.Accepted, isOtherFirst ? 1 : 0, left: [100], right: [300]);
        Net inner = CreateNet(WireKind.Accepted, isOtherFirst ? 0 : 1, left: [200], right: [400]);

        IReadOnlyList<Net> order = WireOrder.Of(0, isOtherFirst ? [inner, down] : [down, inner]);

        Assert.Equal([inner, down], order);
        Assert.Equal(0, WireOrder.Crossings(order[0].Gaps[0], order[1].Gaps[0]));
        Assert.Equal(2, WireOrder.Crossings(order[1].Gaps[0], order[0].Gaps[0]));
    }

    [Fact]
    public void Lines_that_do_not_meet_keep_together_by_their_kind()
    {
        Net signs = CreateNet(WireKind.Signs, 0, left: [10], right: [20]);
        Net trusts = CreateNet(WireKind.Trusts, 1, left: [30], right: [40]);
        Net signsToo = CreateNet(WireKind.Signs, 2, left: [50], right: [60]);

        Assert.Equal([signs, signsToo, trusts], WireOrder.Of(0, [trusts, signsToo, signs]));
    }

    private static Net CreateNet(WireKind kind, int order, int[] left, int[] right)
    {
        var net = new Net(kind, "", order);
        net.In(0).Left.AddRange(left.Select(height => new WireEnd(new Port(net) { Y = height })));
        net.In(0).Right.AddRange(right.Select(height => new WireEnd(new Port(net) { Y = height })));
        return net;
    }
}
