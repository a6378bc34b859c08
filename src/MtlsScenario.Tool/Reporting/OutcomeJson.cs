using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How a connection ends, as JSON, in the words of a scenario.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>rejected</c>, or of a trial <c>inconclusive</c>.</param>
/// <param name="By"><c>client</c>, <c>server</c> or <c>either</c>; null where no end rejects, or where that is not known.</param>
/// <param name="Because">The normalised reason; null where it does not matter, or where there is none.</param>
internal sealed record OutcomeJson(string Outcome, string? By = null, string? Because = null)
{
    /// <summary>What a scenario expects.</summary>
    public static OutcomeJson Of(Connection connection) => connection.Expect == Model.Outcome.Accepted
        ? new OutcomeJson("accepted")
        : new OutcomeJson("rejected", connection.By is { } side ? SideNames.NameOf(side) : "either", NameOf(connection.Because));

    /// <summary>How a trial ended; null where it was not tried.</summary>
    public static OutcomeJson? Of(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => new OutcomeJson("accepted"),
        Verdict.Rejected rejected => new OutcomeJson("rejected", SideNames.NameOf(rejected.By), NameOf(rejected.Reason)),
        Verdict.Inconclusive { Met: { } met } => new OutcomeJson("inconclusive", SideNames.NameOf(met.By), NameOf(met.Reason)),
        Verdict.Inconclusive => new OutcomeJson("inconclusive"),
        _ => null,
    };

    private static string? NameOf(RejectionReason? because) => because is { } reason ? RejectionReasonNames.NameOf(reason) : null;
}
