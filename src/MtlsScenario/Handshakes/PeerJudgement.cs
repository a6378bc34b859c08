using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>What one end makes of the certificate that the other presented.</summary>
/// <param name="IsAccepted">Whether it is verified.</param>
/// <param name="Reason">Why it is not; null where it is, or where what the stack says has no normalised reason.</param>
/// <param name="StackMessage">What the stack itself says; empty where it is accepted.</param>
internal sealed record PeerJudgement(bool IsAccepted, RejectionReason? Reason, string StackMessage)
{
    /// <summary>The certificate is verified.</summary>
    public static PeerJudgement Accepted { get; } = new(true, null, "");

    /// <summary>The certificate is turned away.</summary>
    public static PeerJudgement Rejected(RejectionReason? reason, string words) => new(false, reason, words);
}
