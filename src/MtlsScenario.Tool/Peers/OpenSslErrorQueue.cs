using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>What OpenSSL's error queue says of a handshake that failed; openssl, curl, nginx and Node all pass it on.</summary>
internal static partial class OpenSslErrorQueue
{
    private static readonly ImmutableArray<string> s_ownFaults = ["ee key too small", "ca key too small", "ca md too weak"];

    /// <summary>
    /// That this end turned the other away for something else than what it makes of its certificate's path, or null. A signature
    /// that it cannot verify may end the handshake before the path is judged, where the client's records come one by one, as Java's do.
    /// </summary>
    public static EndRejection? OwnRejection(string words)
    {
        if (LineWith(words, "peer did not return a certificate") is { } withoutCertificate)
        {
            return new EndRejection(RejectionReason.NoCertificate, withoutCertificate);
        }

        if (LineWith(words, "asn1 encoding routines:") is { } signature && signature.Contains("EVP lib", StringComparison.Ordinal))
        {
            return new EndRejection(null, signature) { Among = [RejectionReason.BadSignature], IsJudgementIfBorneOut = true };
        }

        return LineWith(words, "unsupported protocol") is { } version && TlsAlert.FindIn(version) is null
            ? new EndRejection(RejectionReason.TlsVersion, version)
            : null;
    }

    /// <summary>
    /// Why a program could not take up the certificate with which it was to stand there, which is no judgement of the other's:
    /// OpenSSL's security level asks for more; or null.
    /// </summary>
    public static string? FaultOfOwnCertificate(string words) =>
        s_ownFaults.FirstOrDefault(fault => words.Contains(fault, StringComparison.Ordinal));

    /// <summary>That an alert came by which the other end turned this one away, or null.</summary>
    public static EndRejection? Told(string words) =>
        LineWith(words, "alert") is { } line && TlsAlert.FindIn(line) is { IsJudgement: true } alert ? new EndRejection(alert.Reason, line) : null;

    /// <summary>
    /// The first line that contains a text, without what differs from run to run: times, numbers of threads and of
    /// connections, places in the program's source; null for none.
    /// </summary>
    public static string? LineWith(string words, string text) =>
        words.Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.OrdinalIgnoreCase)) is { } line
            ? Incidental().Replace(line, "").Trim()
            : null;

    [GeneratedRegex(@"^[0-9A-F]{8,16}:(?=error:)|:[^:\s]*\.c:\d+:\s*$|^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[\w+\] \d+#\d+: (\*\d+ )?| while SSL handshaking, client: .*$")]
    private static partial Regex Incidental();
}
