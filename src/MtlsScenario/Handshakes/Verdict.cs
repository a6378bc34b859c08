using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>How a trial ended.</summary>
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Each end verified the other, and application data went each way.</summary>
    /// <param name="Version">The version of TLS that was spoken.</param>
    internal sealed record Accepted(TlsVersion Version) : Verdict
    {
        /// <summary>The group of the key exchange, such as <c>X25519MLKEM768</c>; null where neither end tells.</summary>
        public string? Group { get; init; }

        /// <inheritdoc/>
        public override string ToString() => "accepted";
    }

    /// <summary>One end turned the other away.</summary>
    /// <param name="By">Which end.</param>
    /// <param name="Reason">Why; null where what the stack says has no normalised reason.</param>
    /// <param name="StackMessage">What the stack itself says.</param>
    internal sealed record Rejected(Side By, RejectionReason? Reason, string StackMessage) : Verdict
    {
        /// <summary>Whether the end keeps to itself why, as most servers do; then no reason that is expected is refuted.</summary>
        public bool HidesReason { get; init; }

        /// <inheritdoc/>
        public override string ToString() => HidesReason
            ? $"rejected by {SideNames.NameOf(By)}, reason not shown"
            : $"rejected by {SideNames.NameOf(By)}: {(Reason is { } reason ? RejectionReasonNames.NameOf(reason) : "no normalised reason")}";
    }

    /// <summary>The ends contradict each other, or neither says what happened. It passes for nothing.</summary>
    /// <param name="Why">What is known.</param>
    internal sealed record Inconclusive(string Why) : Verdict
    {
        /// <summary>How the connection ended, where that is known and is not the judgement that was awaited; or null.</summary>
        public Rejected? Met { get; init; }

        /// <inheritdoc/>
        public override string ToString() => "inconclusive";
    }

    /// <summary>The stack cannot play this connection.</summary>
    /// <param name="Why">Why not.</param>
    internal sealed record NotTried(string Why) : Verdict
    {
        /// <inheritdoc/>
        public override string ToString() => $"not tried: {Why}";
    }
}
