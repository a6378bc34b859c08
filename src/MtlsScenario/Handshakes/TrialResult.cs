using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>How a trial ended, held against what the scenario expects.</summary>
/// <param name="Trial">What was tried.</param>
/// <param name="Stack">The name of what played both ends.</param>
/// <param name="Verdict">How it ended.</param>
internal sealed record TrialResult(Trial Trial, string Stack, Verdict Verdict)
{
    /// <summary>The stack that could not play it, in whose place another did; null where none took another's place.</summary>
    public Substitution? Substitution { get; init; }

    /// <summary>Where stacks are known to differ on its certificates: a sentence each, without a full stop.</summary>
    public ImmutableArray<string> Differences { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether it ended as expected.</summary>
    public TrialStatus Status => Verdict switch
    {
        Verdict.NotTried => TrialStatus.NotTried,
        Verdict.Accepted => Trial.Connection.Expect == Outcome.Accepted ? TrialStatus.Passed : TrialStatus.Failed,
        Verdict.Rejected rejected => IsExpected(rejected) ? TrialStatus.Passed : TrialStatus.Failed,
        Verdict.Inconclusive => TrialStatus.Failed,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What the scenario expects, such as <c>rejected by client: expired</c>.</summary>
    public static string Expectation(Connection connection)
    {
        string by = connection.By is { } side ? SideNames.NameOf(side) : "either end";
        string because = connection.Because is { } reason ? $": {RejectionReasonNames.NameOf(reason)}" : "";
        return connection.Expect == Outcome.Accepted ? "accepted" : $"rejected by {by}{because}";
    }

    private bool IsExpected(Verdict.Rejected rejected)
    {
        Connection connection = Trial.Connection;
        return connection.Expect == Outcome.Rejected
            && (connection.By is null || connection.By == rejected.By)
            && (connection.Because is null || connection.Because == rejected.Reason || rejected.HidesReason);
    }
}
