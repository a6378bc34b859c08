using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Probing.Schemes;

namespace MtlsScenario.Tool.Probing;

/// <summary>The verdict of <c>test --against</c> and <c>call</c>: on one connection to a server that runs, and that alone.</summary>
internal static class RunningServerVerdict
{
    private const int ProtocolVersion = 70;

    /// <summary>
    /// The verdict. Most servers keep to themselves why they turn somebody away, and then no reason is refuted; only an alert that no
    /// stack sends for the expected reason is. An end before the server asked for a certificate is no judgement of one.
    /// </summary>
    /// <param name="observed">What was seen.</param>
    /// <param name="version">The version that was offered.</param>
    /// <param name="isVersionAmiss">Whether it is one that the server is not to speak: else an alert about it says that something else is wrong.</param>
    /// <param name="because">The reason that is expected; null for any.</param>
    public static Verdict Of(Observation observed, TlsVersion version, bool isVersionAmiss, RejectionReason? because = null) => observed switch
    {
        Observation.Answer { What: { Status: 403 } what } => new Verdict.Rejected(Side.Server, RejectionReason.NotAdmitted, what.Text),
        Observation.Answer { What: { Status: 400 } what } => OfBadRequest(what),
        Observation.Answer { What: { Meaning: AnswerMeaning.Answered } } => new Verdict.Accepted(version),
        Observation.Answer { What: { Meaning: AnswerMeaning.Refused } what } => Hidden(what.Text),
        Observation.Answer answer => new Verdict.Inconclusive($"the server cannot say now: {answer.What.Text}"),
        Observation.Alert { Number: ProtocolVersion } alert when !isVersionAmiss => new Verdict.Inconclusive($"{AlertText.Of(alert.Number)}, though the server is to speak what was offered"),
        Observation.Alert alert => Of(alert, because),
        Observation.Silence { WasAsked: true } silence => Hidden(silence.How),
        Observation.Silence silence => new Verdict.Inconclusive($"{silence.How}, before it asked for a certificate"),
        Observation.TimeOut => new Verdict.Inconclusive("no answer in time"),
        Observation.Failed failed => new Verdict.NotTried(failed.Why),
        Observation.Distrusted distrusted => new Verdict.Rejected(Side.Client, distrusted.Judgement.Reason, distrusted.Judgement.StackMessage),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Verdict Of(Observation.Alert observed, RejectionReason? because)
    {
        string words = AlertText.Of(observed.Number);
        TlsAlert? alert = TlsAlert.Find(observed.Number);
        return alert is null || (!alert.IsJudgement && !observed.WasAsked) ? new Verdict.Inconclusive($"{words}, which is no judgement of a certificate")
            : alert.Reason is { } reason && (because is null || because == reason) ? new Verdict.Rejected(Side.Server, reason, words)
            : because is { } expected && alert.MayMean(expected) || because is null ? Hidden(words)
            : new Verdict.Rejected(Side.Server, alert.Reason, words);
    }

    /// <summary>nginx verifies in the handshake and says so after it; whoever else says 400 may mean the request.</summary>
    private static Verdict OfBadRequest(ServerAnswer answer) =>
        answer.Whole.Contains("No required SSL certificate", StringComparison.Ordinal) ? new Verdict.Rejected(Side.Server, RejectionReason.NoCertificate, answer.Text)
        : answer.Whole.Contains("SSL certificate error", StringComparison.Ordinal) ? Hidden(answer.Text)
        : new Verdict.Inconclusive($"{answer.Text}, which may be about the request");

    private static Verdict.Rejected Hidden(string words) => new(Side.Server, null, words) { HidesReason = true };
}
