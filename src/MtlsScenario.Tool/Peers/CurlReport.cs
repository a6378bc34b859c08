using System.Globalization;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>How a call went as curl tells it.</summary>
/// <param name="ExitCode">curl's exit code.</param>
/// <param name="VerifyResult">What OpenSSL made of the server's path, 0 for good (<c>%{ssl_verify_result}</c>).</param>
/// <param name="Status">The HTTP status; 0 where there was none.</param>
/// <param name="Words">Its message; empty for none.</param>
internal sealed record CurlReport(int ExitCode, int VerifyResult, int Status, string Words)
{
    private const int ConnectFailed = 7;
    private const int OwnCertificateFailed = 58;

    /// <summary>What curl says where the server's path is good and OpenSSL speaks of an expired certificate all the same.</summary>
    private const string AlertOfExpiry = "SSL certificate verification failed";

    /// <summary>Stands in curl's report until it has asked for a result, which it does last, after the name.</summary>
    private const int NotAskedYet = 1;

    private const int PeerFailedVerification = 60;
    private const int OldPeerFailedVerification = 51;

    /// <summary>What it comes to.</summary>
    /// <exception cref="PeerFailure">curl did not reach the server, or could not use its own certificate.</exception>
    public EndView View() => this switch
    {
        { ExitCode: ConnectFailed or OwnCertificateFailed } => throw new PeerFailure("curl", Words),
        { ExitCode: 0, Status: 200 } => new EndView { IsComplete = true },
        { ExitCode: 0, Status: 403 } => new EndView { Told = new EndRejection(RejectionReason.NotAdmitted, "HTTP status 403") },
        { ExitCode: 0 } => new EndView { StackMessage = string.Create(CultureInfo.InvariantCulture, $"HTTP status {Status}") },
        { VerifyResult: not (0 or NotAskedYet) } => Rejecting(VerifyError.ReasonOf(VerifyResult)),

        // The server's alert certificate_expired gets the exit code of a server that was not verified.
        { ExitCode: PeerFailedVerification } when Words.Contains(AlertOfExpiry, StringComparison.Ordinal) =>
            new EndView { Told = new EndRejection(RejectionReason.Expired, Words), StackMessage = Words },

        // The path is good; what is left is the name, which curl compares itself.
        { ExitCode: PeerFailedVerification or OldPeerFailedVerification } => Rejecting(RejectionReason.NameMismatch),
        _ => new EndView { Rejects = OpenSslErrorQueue.OwnRejection(Words), Told = OpenSslErrorQueue.Told(Words), StackMessage = Words },
    };

    private EndView Rejecting(RejectionReason? reason) => new() { Rejects = new EndRejection(reason, Words), StackMessage = Words };
}
