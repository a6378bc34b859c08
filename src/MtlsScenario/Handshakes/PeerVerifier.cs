using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>
/// Verifies the certificate of a peer against trust anchors alone: .NET's <see cref="X509Chain"/>, without the machine's
/// trust store, downloads or revocation, and what RFC 5280 asks for beyond it (<see cref="PathRules"/>); and, where there is one,
/// by a <see cref="RevocationChecker"/>: X509Chain takes no CRL from memory.
/// </summary>
/// <remarks>
/// <para>X509Chain differs from RFC 5280 in three ways that are mended here. Of two anchors with one name it takes the first,
/// and fails where the second has signed; so each anchor is tried alone before a certificate is turned away. It takes
/// no anchor that is not self-signed; so a path counts as complete at the anchor, whoever stands above that. And it takes
/// intermediates from the machine's stores; so a path over one of them is none.</para>
/// </remarks>
/// <param name="anchors">The trust anchors, which stay the caller's.</param>
/// <param name="at">The instant of the verification; null for now.</param>
/// <param name="revocation">Checks the path against CRLs; null where nothing is checked.</param>
internal sealed class PeerVerifier(ImmutableArray<X509Certificate2> anchors, DateTimeOffset? at = null, RevocationChecker? revocation = null)
{
    /// <summary>What OpenSSL looks at after the name and the CRLs.</summary>
    private static readonly ImmutableArray<RejectionReason> s_later =
        [RejectionReason.BadSignature, RejectionReason.Expired, RejectionReason.NotYetValid, RejectionReason.NameConstraints];

    /// <summary>What an <see cref="SslStream"/>'s or Kestrel's callback was given, judged.</summary>
    /// <param name="peer">The peer's certificate; null where it sent none.</param>
    /// <param name="chain">
    /// The chain of the callback. Where it was built as it would be here and nothing is wrong with it, it is not built again; else
    /// only the presented certificates are used.
    /// </param>
    /// <param name="errors">The errors of the callback, of which only the name mismatch is used.</param>
    /// <param name="peerSide">Which end the peer is.</param>
    public PeerJudgement Judge(X509Certificate2? peer, X509Chain? chain, SslPolicyErrors errors, Side peerSide)
    {
        IEnumerable<X509Certificate2> presented = chain?.ChainPolicy.ExtraStore ?? [];
        PeerJudgement judgement = peer is not null && AcceptedAsBuilt(peer, chain, peerSide) is { } accepted ? accepted : Judge(peer, [.. presented], peerSide);
        bool isOtherName = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && peer is not null;

        // As in OpenSSL, the name comes after the path and before the CRLs, the signatures, the dates and the name constraints.
        return isOtherName && (IsLater(judgement) || judgement.Reason is RejectionReason.Revoked or RejectionReason.RevocationUnknown)
            ? PeerJudgement.Rejected(RejectionReason.NameMismatch, nameof(SslPolicyErrors.RemoteCertificateNameMismatch))
            : judgement;
    }

    /// <summary>Judges a certificate by its path, its dates and its purpose; not by the name that was called.</summary>
    /// <param name="peer">The peer's certificate; null where it sent none.</param>
    /// <param name="presented">What it sent with it, in any order.</param>
    /// <param name="peerSide">Which end the peer is.</param>
    public PeerJudgement Judge(X509Certificate2? peer, ImmutableArray<X509Certificate2> presented, Side peerSide)
    {
        if (peer is null)
        {
            return PeerJudgement.Rejected(
                RejectionReason.NoCertificate, nameof(SslPolicyErrors.RemoteCertificateNotAvailable));
        }

        try
        {
            PeerJudgement judgement = JudgeBelow(peer, presented, anchors, peerSide);
            foreach (X509Certificate2 anchor in anchors)
            {
                // That a certificate is revoked no other way to another anchor makes good.
                if (judgement.IsAccepted || judgement.Reason == RejectionReason.Revoked)
                {
                    return judgement;
                }

                // One that names the same issuer but is not it would say "bad signature" of any certificate below the other.
                PeerJudgement alone = JudgeBelow(peer, presented, [anchor], peerSide);
                judgement = alone.IsAccepted || alone.Reason == RejectionReason.Revoked || judgement.Reason is RejectionReason.UnknownIssuer ? alone : judgement;
            }

            return judgement;
        }
        catch (CryptographicException exception)
        {
            return PeerJudgement.Rejected(null, exception.GetBaseException().Message);
        }
    }

    /// <summary>The acceptance of a chain that was built of that certificate with these trust anchors, this instant and this purpose; null where it was not, or is not good.</summary>
    private PeerJudgement? AcceptedAsBuilt(X509Certificate2 peer, X509Chain? chain, Side peerSide)
    {
        if (chain is not { ChainElements.Count: > 0, ChainPolicy: { TrustMode: X509ChainTrustMode.CustomRootTrust, VerificationFlags: X509VerificationFlags.NoFlag } policy }
            || !chain.ChainElements[0].Certificate.RawDataMemory.Span.SequenceEqual(peer.RawDataMemory.Span)
            || !policy.DisableCertificateDownloads
            || policy.ApplicationPolicy is not [{ } purpose] || purpose.Value != Purpose(peerSide).Oid
            || policy.VerificationTimeIgnored != at is null || (at is { } instant && policy.VerificationTime != instant.UtcDateTime)
            || !policy.CustomTrustStore.SequenceEqual(anchors, ReferenceEqualityComparer.Instance))
        {
            return null;
        }

        PeerJudgement judgement = JudgePath(chain, [.. policy.ExtraStore], anchors, peerSide, at?.UtcDateTime ?? DateTime.UtcNow);
        return judgement.IsAccepted ? judgement : null;
    }

    private PeerJudgement JudgeBelow(
        X509Certificate2 peer,
        ImmutableArray<X509Certificate2> presented,
        ImmutableArray<X509Certificate2> trusted,
        Side peerSide)
    {
        DateTime time = at?.UtcDateTime ?? DateTime.UtcNow;
        using var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = time;
        policy.ApplicationPolicy.Add(new Oid(Purpose(peerSide).Oid));
        policy.CustomTrustStore.AddRange(trusted.ToArray());
        policy.ExtraStore.AddRange(
            presented.Where(certificate => !IsAboveAnAnchor(certificate, trusted)).ToArray());
        chain.Build(peer);
        try
        {
            return JudgePath(chain, presented, trusted, peerSide, time);
        }
        finally
        {
            foreach (X509ChainElement element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    /// <summary>Judges the path that a chain has found.</summary>
    private PeerJudgement JudgePath(X509Chain chain, ImmutableArray<X509Certificate2> presented, ImmutableArray<X509Certificate2> trusted, Side peerSide, DateTime time)
    {
        var path = VerificationPath.Of(chain, trusted, time);
        return Unrevoked(
            Borrowed(path, [.. presented, .. trusted]) ?? path.Fault() ?? PathRules.Fault(path.Certificates, peerSide, time) ?? PeerJudgement.Accepted, path, time);
    }

    private static bool IsLater(PeerJudgement judgement) => judgement.IsAccepted || (judgement.Reason is { } reason && s_later.Contains(reason));

    /// <summary>
    /// The judgement of a path, or what the CRLs say of it, which comes before signatures and dates. Where a signature is bad they
    /// are not asked: the path may be a confusion of two authorities of one name.
    /// </summary>
    private PeerJudgement Unrevoked(PeerJudgement judgement, VerificationPath path, DateTime time)
    {
        if (revocation is null || !IsLater(judgement) || judgement.Reason == RejectionReason.BadSignature)
        {
            return judgement;
        }

        ImmutableArray<X509Certificate2> certificates = path.Certificates;
        ImmutableArray<ParsedCertificate> parsed =
            [.. certificates.Select(certificate => ParsedCertificate.TryParse(certificate.RawDataMemory, out ParsedCertificate? read) ? read : null).OfType<ParsedCertificate>()];
        RevocationFault? fault = parsed.Length == certificates.Length
            ? revocation.Fault(parsed, time)
            : new RevocationFault(RejectionReason.RevocationUnknown, "a certificate cannot be read");
        return fault is null ? judgement : PeerJudgement.Rejected(fault.Reason, fault.Words);
    }

    /// <summary>
    /// X509Chain takes intermediates from the machine's and the user's stores too, and there is no way to forbid it. A path
    /// over one of them is none that the peer presented.
    /// </summary>
    private static PeerJudgement? Borrowed(VerificationPath path, ImmutableArray<X509Certificate2> own) => path.Certificates.Skip(1)
        .FirstOrDefault(certificate => !own.Any(known => known.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))) is { } other
            ? PeerJudgement.Rejected(RejectionReason.UnknownIssuer, $"{X509ChainStatusFlags.PartialChain}: nobody presented {other.Subject}")
            : null;

    private static KeyPurpose Purpose(Side peerSide) =>
        peerSide == Side.Client ? KeyPurpose.ClientAuth : KeyPurpose.ServerAuth;

    /// <summary>Whether it could only lengthen a path beyond its end.</summary>
    private static bool IsAboveAnAnchor(X509Certificate2 certificate, ImmutableArray<X509Certificate2> trusted) =>
        trusted.Any(anchor => anchor.IssuerName.RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData)
            && !anchor.SubjectName.RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData));
}
