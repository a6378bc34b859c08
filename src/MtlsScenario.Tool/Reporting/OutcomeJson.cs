using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How a connection ends, as JSON, in the words of a scenario.</summary>
/// <param name="Outcome"><c>accepted</c> or <c>rejected</c>.</param>
/// <param name="By"><c>client</c> or <c>server</c>; null where it does not matter.</param>
/// <param name="Because">The normalised reason; null where it does not matter, or where there is none.</param>
internal sealed record OutcomeJson(string Outcome, string? By = null, string? Because = null)
{
    /// <summary>What a scenario expects.</summary>
    public static OutcomeJson Of(Connection connection) => connection.Expect == Model.Outcome.Accepted
        ? new OutcomeJson("accepted")
        : Rejected(connection.By, connection.Because);

    /// <summary>How a trial ended; null where that is not known.</summary>
    public static OutcomeJson? Of(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => new OutcomeJson("accepted"),
        Verdict.Rejected rejected => Rejected(rejected.By, rejected.Reason),
        _ => null,
    };

    private static OutcomeJson Rejected(Side? by, RejectionReason? because) => new(
        "rejected",
        by is { } side ? TrialWords.Of(side) : null,
        because is { } reason ? RejectionReasonNames.NameOf(reason) : null);
}
