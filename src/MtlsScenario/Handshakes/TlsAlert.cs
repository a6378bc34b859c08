using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>An alert by which an end says that it turned the other away (RFC 8446 section 6.2).</summary>
/// <param name="Number">Its number.</param>
/// <param name="Words">OpenSSL's words for it.</param>
/// <param name="Reason">The reason, where the alert has just one; most stand for several.</param>
internal sealed record TlsAlert(int Number, string Words, RejectionReason? Reason)
{
    private const int HandshakeFailure = 40;

    private static readonly ImmutableArray<TlsAlert> s_all =
    [
        new(HandshakeFailure, "handshake failure", null),
        new(42, "bad certificate", null),
        new(43, "unsupported certificate", null),
        new(44, "certificate revoked", RejectionReason.Revoked),
        new(45, "certificate expired", RejectionReason.Expired),
        new(46, "certificate unknown", null),
        new(48, "unknown ca", RejectionReason.UnknownIssuer),
        new(51, "decrypt error", RejectionReason.BadSignature),
        new(70, "protocol version", RejectionReason.TlsVersion),
        new(116, "certificate required", RejectionReason.NoCertificate),
    ];

    /// <summary>
    /// Whether it is sent only by an end that judged the other's certificate, its lack or its version. A handshake_failure is
    /// sent by whoever has no cipher or key for it too.
    /// </summary>
    public bool IsJudgement => Number != HandshakeFailure;

    /// <summary>The alert of that number; null for one that speaks of no certificate.</summary>
    public static TlsAlert? Find(int number) => s_all.FirstOrDefault(alert => alert.Number == number);

    /// <summary>Whether some stack sends it for that reason: those of handshakes that failed and of bad or unknown certificates are sent for any.</summary>
    public bool MayMean(RejectionReason reason) => reason == Reason || Number switch
    {
        HandshakeFailure or 42 or 46 => true,
        43 => reason is RejectionReason.WrongPurpose or RejectionReason.UnknownCriticalExtension or RejectionReason.WeakKey or RejectionReason.WeakSignature,
        45 => reason is RejectionReason.NotYetValid or RejectionReason.RevocationUnknown,
        48 => reason is RejectionReason.BadSignature or RejectionReason.NotACa or RejectionReason.PathLength or RejectionReason.RevocationUnknown,
        51 => reason is RejectionReason.UnknownIssuer or RejectionReason.RevocationUnknown,
        _ => false,
    };

    /// <summary>The alert that OpenSSL's words speak of, as in <c>tlsv1 alert unknown ca</c>; null for none.</summary>
    public static TlsAlert? FindIn(string words) => words.Contains("alert", StringComparison.OrdinalIgnoreCase)
        ? s_all.FirstOrDefault(alert => words.Contains($"alert {alert.Words}", StringComparison.OrdinalIgnoreCase)
            || words.Contains($"alert number {alert.Number}", StringComparison.OrdinalIgnoreCase) && !HasLongerNumber(words, alert.Number))
        : null;

    private static bool HasLongerNumber(string words, int number) =>
        words.Contains($"alert number {number}0", StringComparison.Ordinal);
}
