using System.Net.Security;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>What the exception of an <see cref="SslStream"/> says of a handshake that failed.</summary>
/// <param name="exception">The exception.</param>
internal sealed class SslFailure(Exception exception)
{
    /// <summary>
    /// OpenSSL's words for a signature that it could not verify. A .NET 10 server fails with them, before it asks whether the
    /// certificate is to be accepted, where the client's records come one by one, as curl's and Node's do on TLS 1.3.
    /// </summary>
    private const string SignatureFault = "asn1 encoding routines::EVP lib";

    /// <summary>What it says, of its innermost cause: the outer ones say that there is one.</summary>
    public string Words => Causes.Last().Message;

    /// <summary>That the other end turned this one away by an alert, which .NET names only in OpenSSL's words; or null.</summary>
    public EndRejection? Told =>
        Causes.Select(cause => TlsAlert.FindIn(cause.Message)).OfType<TlsAlert>().FirstOrDefault() is { IsJudgement: true } alert
            ? new EndRejection(alert.Reason, alert.Words)
            : null;

    /// <summary>That this end turned the other away without asking its callback, or null. The certificates decide whether it is for that reason.</summary>
    public EndRejection? Own => Words.Contains(SignatureFault, StringComparison.Ordinal)
        ? new EndRejection(null, Words) { Among = [RejectionReason.BadSignature], IsJudgementIfBorneOut = true }
        : null;

    /// <summary>
    /// Whether .NET could not even take up its own certificate, of which OpenSSL wants stronger keys and signatures at its
    /// security level. To the other end it then sends protocol_version, which is no judgement of anything.
    /// </summary>
    public bool IsOfOwnCertificate => Words.StartsWith("Using SSL certificate failed", StringComparison.Ordinal);

    private IEnumerable<Exception> Causes
    {
        get
        {
            for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            {
                yield return cause;
            }
        }
    }
}
