using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// Whether the judgement that an expectation speaks of took place. Where the other end ended the connection first, nobody
/// knows what this one would have made of it: the expectation is not met, and not refuted either.
/// </summary>
internal static class InconclusiveRejection
{
    /// <summary>The verdict; inconclusive where the end that must reject did not come to judge.</summary>
    /// <param name="connection">What is expected.</param>
    /// <param name="verdict">How the connection ended.</param>
    public static Verdict Weigh(Connection connection, Verdict verdict)
    {
        if (connection.Expect != Outcome.Rejected || verdict is not Verdict.Rejected rejected)
        {
            return verdict;
        }

        bool isOtherReason = connection.Because is { } because && because != rejected.Reason && !rejected.HidesReason;
        return connection.By switch
        {
            { } end when end != rejected.By => Open(
                rejected, $"the {SideNames.NameOf(rejected.By)} ended the connection, and what the {SideNames.NameOf(end)} would make of it is not known", isOtherReason),
            null when isOtherReason => Open(rejected, "whether an end would reject for the reason that is expected is not known", isOtherReason),
            _ => verdict,
        };
    }

    private static Verdict.Inconclusive Open(Verdict.Rejected rejected, string what, bool isOtherReason)
    {
        string because = isOtherReason && rejected.Reason is { } reason ? $", because: {RejectionReasonNames.NameOf(reason)}" : "";
        return new Verdict.Inconclusive($"{rejected} ({rejected.StackMessage}); {what}. Where that is meant, write by: {SideNames.NameOf(rejected.By)}{because}")
        {
            Met = rejected,
        };
    }
}
