using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Probing;

/// <summary>Verifies what a server presents, as the caller's trust anchors want it; the same once.</summary>
/// <param name="anchors">The trust anchors, DER.</param>
internal sealed class ServerTrust(ImmutableArray<ReadOnlyMemory<byte>> anchors) : IDisposable
{
    private readonly ImmutableArray<X509Certificate2> _anchors = [.. anchors.Select(anchor => X509CertificateLoader.LoadCertificate(anchor.Span))];
    private readonly Dictionary<string, string?> _judged = new(StringComparer.Ordinal);

    /// <summary>Why it is not verified: a clause; null where it is.</summary>
    /// <param name="chain">What the server presents, DER, leaf first.</param>
    /// <param name="hosts">The names of which the certificate is to have one.</param>
    public string? Fault(IReadOnlyList<byte[]> chain, params ReadOnlySpan<string> hosts)
    {
        string key = string.Join(' ', chain.Select(certificate => Convert.ToHexString(SHA256.HashData(certificate)))) + ' ' + string.Join(' ', hosts!);
        return _judged.TryGetValue(key, out string? known) ? known : _judged[key] = Judge(chain, hosts.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (X509Certificate2 anchor in _anchors)
        {
            anchor.Dispose();
        }
    }

    private string? Judge(IReadOnlyList<byte[]> chain, string[] hosts)
    {
        if (chain.Count == 0)
        {
            return "it presents no certificate";
        }

        X509Certificate2[] presented = [];
        try
        {
            presented = [.. chain.Select(certificate => X509CertificateLoader.LoadCertificate(certificate))];
            PeerJudgement judgement = new PeerVerifier(_anchors).Judge(presented[0], [.. presented[1..]], Side.Server);
            return !judgement.IsAccepted
                ? $"{(judgement.Reason is { } reason ? RejectionReasonNames.NameOf(reason) : "rejected")} ({judgement.StackMessage})"
                : hosts.Any(host => presented[0].MatchesHostname(host.Trim('[', ']'))) ? null : $"it is not for {hosts[0]}";
        }
        catch (CryptographicException exception)
        {
            return exception.Message;
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
