using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>How the reasons are spelled in a scenario and in what is printed.</summary>
internal static class RejectionReasonNames
{
    /// <summary>Every reason with its spelling, in the order of <see cref="RejectionReason"/>.</summary>
    public static ImmutableArray<(RejectionReason Reason, string Name)> All { get; } =
    [
        (RejectionReason.UnknownIssuer, "unknown-issuer"),
        (RejectionReason.BadSignature, "bad-signature"),
        (RejectionReason.Expired, "expired"),
        (RejectionReason.NotYetValid, "not-yet-valid"),
        (RejectionReason.NameMismatch, "name-mismatch"),
        (RejectionReason.WrongPurpose, "wrong-purpose"),
        (RejectionReason.PathLength, "path-length"),
        (RejectionReason.NameConstraints, "name-constraints"),
        (RejectionReason.NotACa, "not-a-ca"),
        (RejectionReason.NoCertificate, "no-certificate"),
        (RejectionReason.NotAdmitted, "not-admitted"),
        (RejectionReason.UnknownCriticalExtension, "unknown-critical-extension"),
        (RejectionReason.TlsVersion, "tls-version"),
        (RejectionReason.Revoked, "revoked"),
        (RejectionReason.RevocationUnknown, "revocation-unknown"),
        (RejectionReason.WeakKey, "weak-key"),
        (RejectionReason.WeakSignature, "weak-signature"),
    ];

    /// <summary>The spelling of a reason, such as <c>unknown-issuer</c>.</summary>
    public static string NameOf(RejectionReason reason) => All.First(pair => pair.Reason == reason).Name;
}
