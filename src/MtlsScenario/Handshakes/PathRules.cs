using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// The rules of RFC 5280 section 6.1 that can be looked at certificate by certificate, held against a path that .NET found
/// good, and the one that .NET leaves out: the key usage of the end entity (section 4.2.1.3, as OpenSSL applies it).
/// </summary>
internal static class PathRules
{
    private const X509KeyUsageFlags ClientUsages = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyAgreement;
    private const X509KeyUsageFlags ServerUsages = ClientUsages | X509KeyUsageFlags.KeyEncipherment;

    /// <summary>What is wrong with a path, or null.</summary>
    /// <param name="path">Leaf first, the trust anchor last.</param>
    /// <param name="peerSide">Which end the leaf is to stand for.</param>
    /// <param name="time">The instant of the verification, UTC.</param>
    public static PeerJudgement? Fault(ImmutableArray<X509Certificate2> path, Side peerSide, DateTime time)
    {
        X509KeyUsageFlags wanted = peerSide == Side.Client ? ClientUsages : ServerUsages;
        if (KeyUsage(path[0]) is { } usage && (usage & wanted) == 0)
        {
            return Rejected(RejectionReason.WrongPurpose, path[0], $"keyUsage is {usage}");
        }

        int intermediates = 0;
        for (int index = 0; index < path.Length; index++)
        {
            X509Certificate2 certificate = path[index];
            if (time < certificate.NotBefore.ToUniversalTime())
            {
                return Rejected(RejectionReason.NotYetValid, certificate, "notBefore has not come");
            }

            if (time > certificate.NotAfter.ToUniversalTime())
            {
                return Rejected(RejectionReason.Expired, certificate, "notAfter has passed");
            }

            if (index == 0)
            {
                continue;
            }

            // What a trust anchor says of itself is no part of the path (section 6.1.1); .NET has looked at it all the same.
            if (index < path.Length - 1 && !MayIssue(certificate))
            {
                return Rejected(RejectionReason.NotACa, certificate, "it issues and is no certification authority");
            }

            if (BasicConstraints(certificate) is { HasPathLengthConstraint: true } constraint
                && intermediates > constraint.PathLengthConstraint)
            {
                return Rejected(RejectionReason.PathLength, certificate, "more intermediates than its pathLenConstraint");
            }

            // Self-issued certificates do not count (RFC 5280 section 4.2.1.9).
            bool isSelfIssued = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
            intermediates += isSelfIssued ? 0 : 1;
        }

        return null;
    }

    /// <summary>Whether a certificate says that its subject is a certification authority that may sign certificates.</summary>
    public static bool MayIssue(X509Certificate2 certificate) =>
        BasicConstraints(certificate) is { CertificateAuthority: true }
        && (KeyUsage(certificate) ?? X509KeyUsageFlags.KeyCertSign).HasFlag(X509KeyUsageFlags.KeyCertSign);

    private static X509BasicConstraintsExtension? BasicConstraints(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();

    private static X509KeyUsageFlags? KeyUsage(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;

    private static PeerJudgement Rejected(RejectionReason reason, X509Certificate2 certificate, string why) =>
        PeerJudgement.Rejected(reason, $"{why} ({certificate.Subject})");
}
