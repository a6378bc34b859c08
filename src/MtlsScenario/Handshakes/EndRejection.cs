using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>A rejection: one end turned the other away.</summary>
/// <param name="Reason">Why; null where what is said has no normalised reason, or several.</param>
/// <param name="StackMessage">What was said.</param>
internal sealed record EndRejection(RejectionReason? Reason, string StackMessage)
{
    /// <summary>The reasons that what was said can stand for, where they are several.</summary>
    public ImmutableArray<RejectionReason> Among { get; init; } = [];

    /// <summary>Whether this end may have failed without a judgement, unless the certificates bear out one of the reasons.</summary>
    public bool IsJudgementIfBorneOut { get; init; }
}
