using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>An expectation is not met by a connection that ended before the judgement that it speaks of.</summary>
public sealed class InconclusiveRejectionTests
{
    [Theory]
    [InlineData(Side.Server, RejectionReason.UnknownIssuer, Side.Server, RejectionReason.UnknownIssuer)]
    [InlineData(Side.Server, null, Side.Server, RejectionReason.Expired)]
    [InlineData(Side.Server, RejectionReason.Expired, Side.Server, RejectionReason.UnknownIssuer)]
    [InlineData(null, null, Side.Client, RejectionReason.Expired)]
    [InlineData(null, RejectionReason.Expired, Side.Client, RejectionReason.Expired)]
    public void What_the_end_that_is_to_reject_made_of_the_other_stands(
        Side? by, RejectionReason? because, Side end, RejectionReason reason)
    {
        var verdict = new Verdict.Rejected(end, reason, "words");

        Assert.Same(verdict, InconclusiveRejection.Weigh(Expected(by, because), verdict));
    }

    [Theory]
    [InlineData(Side.Server, null, Side.Client, RejectionReason.NameMismatch, "by: client")]
    [InlineData(Side.Server, RejectionReason.UnknownIssuer, Side.Client, RejectionReason.UnknownIssuer, "by: client")]
    [InlineData(Side.Server, RejectionReason.Expired, Side.Client, RejectionReason.UnknownIssuer, "by: client, because: unknown-issuer")]
    [InlineData(Side.Client, RejectionReason.Expired, Side.Server, RejectionReason.UnknownIssuer, "by: server, because: unknown-issuer")]
    [InlineData(null, RejectionReason.UnknownIssuer, Side.Client, RejectionReason.NameMismatch, "by: client, because: name-mismatch")]
    public void Where_the_other_end_was_first_nothing_is_known_and_the_line_to_write_is_said(
        Side? by, RejectionReason? because, Side end, RejectionReason reason, string line)
    {
        var verdict = new Verdict.Rejected(end, reason, "words");

        var inconclusive = Assert.IsType<Verdict.Inconclusive>(InconclusiveRejection.Weigh(Expected(by, because), verdict));

        Assert.EndsWith($"write {line}", inconclusive.Why, StringComparison.Ordinal);
        Assert.Same(verdict, inconclusive.Met);
    }

    [Fact]
    public void Where_an_acceptance_was_expected_a_rejection_is_one()
    {
        var verdict = new Verdict.Rejected(Side.Client, RejectionReason.Expired, "words");
        var accepted = new Connection { From = new("amy"), To = new("bob"), Host = "localhost" };

        Assert.Same(verdict, InconclusiveRejection.Weigh(accepted, verdict));
        Assert.Same(verdict, InconclusiveRejection.Weigh(accepted with { By = Side.Server }, verdict));
    }

    private static Connection Expected(Side? by, RejectionReason? because) => new()
    {
        From = new("amy"),
        To = new("bob"),
        Host = "localhost",
        Expect = Outcome.Rejected,
        By = by,
        Because = because,
    };
}
