using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Revocation;

namespace MtlsScenario.Tool.Probing;

/// <summary>Verifies what a server presents with the caller's trust anchors. The same chain is verified once for the same names.</summary>
/// <param name="anchors">The trust anchors, DER.</param>
/// <param name="crls">The CRLs against which it is checked, DER; null where it is not.</param>
internal sealed class ServerTrust(ImmutableArray<ReadOnlyMemory<byte>> anchors, ImmutableArray<ReadOnlyMemory<byte>>? crls = null) : IDisposable
{
    private readonly ImmutableArray<X509Certificate2> _anchors = [.. anchors.Select(anchor => X509CertificateLoader.LoadCertificate(anchor.Span))];
    private readonly Dictionary<string, PeerJudgement> _judged = new(StringComparer.Ordinal);

    /// <summary>Whether it is verified.</summary>
    /// <param name="chain">What the server presents, DER, leaf first.</param>
    /// <param name="hosts">The names of which the certificate is to have one.</param>
    public PeerJudgement Judge(IReadOnlyList<byte[]> chain, params ReadOnlySpan<string> hosts)
    {
        string key = string.Join(' ', chain.Select(certificate => Convert.ToHexString(SHA256.HashData(certificate)))) + ' ' + string.Join(' ', hosts!);
        return _judged.TryGetValue(key, out PeerJudgement? known) ? known : _judged[key] = Judged(chain, hosts.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 anchor in _anchors)
        {
            anchor.Dispose();
        }
    }

    private PeerJudgement Judged(IReadOnlyList<byte[]> chain, string[] hosts)
    {
        if (chain.Count == 0)
        {
            return PeerJudgement.Rejected(RejectionReason.NoCertificate, "it presents no certificate");
        }

        X509Certificate2[] presented = [];
        try
        {
            presented = [.. chain.Select(certificate => X509CertificateLoader.LoadCertificate(certificate))];
            PeerJudgement judgement = new PeerVerifier(_anchors, null, crls is { } lists ? RevocationChecker.Of(lists) : null).Judge(presented[0], [.. presented[1..]], Side.Server);
            return !judgement.IsAccepted || hosts.Any(host => presented[0].MatchesHostname(host.Trim('[', ']')))
                ? judgement
                : PeerJudgement.Rejected(RejectionReason.NameMismatch, $"it is not for {hosts[0]}");
        }
        catch (CryptographicException exception)
        {
            return PeerJudgement.Rejected(null, exception.Message);
        }
        finally
        {
            foreach (X509Certificate2 certificate in presented)
            {
                certificate.Dispose();
            }
        }
    }
}
