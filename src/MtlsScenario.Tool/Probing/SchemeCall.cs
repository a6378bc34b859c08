using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Faults;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Serving;
using Org.BouncyCastle.Tls;

namespace MtlsScenario.Tool.Probing;

/// <summary>Calls a server once that does not speak HTTP.</summary>
/// <param name="target">The server.</param>
/// <param name="own">What the caller has in hand; it stays the caller's.</param>
/// <param name="rejections">Says who turned whom away, and why.</param>
internal sealed class SchemeCall(ServerTarget target, EndArtifacts own, CallRejections rejections)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Calls.</summary>
    /// <param name="version">The only version that is offered; null for both.</param>
    /// <param name="presentsNothing">Whether no certificate is sent.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EnvironmentException">Nobody listens there, or nobody answers.</exception>
    public async Task<CallReport> CallAsync(TlsVersion? version, bool presentsNothing, CancellationToken cancellationToken)
    {
        ProtocolVersion[] versions = version is { } only ? [Prober.VersionOf(only)] : [ProtocolVersion.TLSv13, ProtocolVersion.TLSv12];
        using var trust = new ServerTrust(own.Anchors, own.Crls);
        Forged.Identity identity = presentsNothing ? FaultForge.Nothing : new Forged.Identity(own.Chain, own.Key);
        Observation observed = await new ServerCaller(target with { Timeout = s_patience }, trust).CallAsync(new ProbeCall(versions, identity), cancellationToken).ConfigureAwait(false);
        return new CallReport(target.ToString())
        {
            Tls = observed.Session is { } session ? session.Version == TlsVersion.Tls12 ? "1.2" : "1.3" : null,
            Cipher = observed.Session?.Cipher,
            Presented = [.. observed.Presented.Select(Read).OfType<PresentedCertificate>()],
            Answer = (observed as Observation.Answer)?.What.Text,
            Rejection = RejectionIn(observed),
        };
    }

    private CallRejection? RejectionIn(Observation observed) => (observed, RunningServerVerdict.Of(observed, TlsVersion.Tls13, rejections.IsVersionAmiss)) switch
    {
        (_, Verdict.Accepted) => null,
        (Observation.Alert { Number: var number }, Verdict.Rejected) => rejections.ByAlert(TlsAlert.Find(number)!),
        (Observation.Silence, Verdict.Rejected) => rejections.WithoutAWord(),
        (_, Verdict.Rejected { By: Side.Client } rejected) => rejections.ByClient(rejected.Reason, rejected.StackMessage),
        (_, Verdict.Rejected rejected) => rejections.ByServer(rejected.Reason, rejected.StackMessage),
        (_, Verdict.Inconclusive open) => throw new EnvironmentException($"{rejections.Server}: {open.Why}"),
        (_, var other) => throw new EnvironmentException($"{other}"),
    };

    private static PresentedCertificate? Read(byte[] der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            return PresentedCertificate.Of(certificate);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
