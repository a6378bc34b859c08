using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>Where one status of a stack covers several reasons, the certificates decide which it is.</summary>
internal static class AmbiguousStatus
{
    /// <summary>The one of several reasons that the certificates bear out; null for none.</summary>
    /// <param name="reasons">Those that the status covers.</param>
    /// <param name="peer">What the end that was turned away presented.</param>
    /// <param name="judge">What the other end trusts, and knows to be revoked.</param>
    /// <param name="at">The instant of the connection; null for now.</param>
    /// <param name="peerSide">Which end was turned away.</param>
    public static RejectionReason? Decide(
        ImmutableArray<RejectionReason> reasons,
        EndArtifacts peer,
        EndArtifacts judge,
        DateTimeOffset? at,
        Side peerSide)
    {
        ImmutableArray<X509Certificate2> presented = [];
        ImmutableArray<X509Certificate2> trusted = [];
        try
        {
            presented = [.. peer.Chain.Select(Load)];
            trusted = [.. judge.Anchors.Select(Load)];
            RejectionReason? reason = new PeerVerifier(trusted, at, judge.Crls is { } crls ? RevocationChecker.Of(crls) : null).Judge(presented[0], presented, peerSide).Reason;
            bool isWeak = presented.Any(certificate => Oids.IsWeak(certificate.SignatureAlgorithm.Value));
            return reason is { } borneOut && reasons.Contains(borneOut) ? borneOut
                : isWeak && reasons.Contains(RejectionReason.WeakSignature) ? RejectionReason.WeakSignature
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            foreach (X509Certificate2 certificate in presented.Concat(trusted))
            {
                certificate.Dispose();
            }
        }
    }

    private static X509Certificate2 Load(ReadOnlyMemory<byte> der) => X509CertificateLoader.LoadCertificate(der.Span);
}
