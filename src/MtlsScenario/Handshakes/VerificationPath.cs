using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>The path that .NET found, up to the trust anchor where it comes to one, and what .NET says of it.</summary>
/// <param name="elements">The path's certificates, leaf first, each with what .NET says of it.</param>
/// <param name="isComplete">Whether the last one is a trust anchor.</param>
/// <param name="time">The instant of the verification, UTC.</param>
internal sealed class VerificationPath(
    ImmutableArray<(X509Certificate2 Certificate, X509ChainStatusFlags Status)> elements, bool isComplete, DateTime time)
{
    private const X509ChainStatusFlags Incomplete =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    /// <summary>
    /// What each status stands for, in the order in which OpenSSL looks at a path; where several are there, the first counts.
    /// </summary>
    private static readonly ImmutableArray<(X509ChainStatusFlags Status, RejectionReason? Reason)> s_reasons =
    [
        (X509ChainStatusFlags.PartialChain, RejectionReason.UnknownIssuer),
        (X509ChainStatusFlags.UntrustedRoot, RejectionReason.UnknownIssuer),
        (X509ChainStatusFlags.Cyclic, RejectionReason.UnknownIssuer),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, RejectionReason.UnknownCriticalExtension),
        (X509ChainStatusFlags.InvalidBasicConstraints, RejectionReason.NotACa),
        (X509ChainStatusFlags.NotValidForUsage, RejectionReason.WrongPurpose),
        (X509ChainStatusFlags.HasWeakSignature, RejectionReason.WeakSignature),
        (X509ChainStatusFlags.Revoked, RejectionReason.Revoked),
        (X509ChainStatusFlags.NotSignatureValid, RejectionReason.BadSignature),
        (X509ChainStatusFlags.NotTimeValid, RejectionReason.Expired),
        (X509ChainStatusFlags.HasNotPermittedNameConstraint, RejectionReason.NameConstraints),
        (X509ChainStatusFlags.HasExcludedNameConstraint, RejectionReason.NameConstraints),
        (X509ChainStatusFlags.HasNotSupportedNameConstraint, RejectionReason.NameConstraints),
        (X509ChainStatusFlags.HasNotDefinedNameConstraint, RejectionReason.NameConstraints),
        (X509ChainStatusFlags.InvalidNameConstraints, RejectionReason.NameConstraints),
    ];

    /// <summary>The certificates of the path, leaf first.</summary>
    public ImmutableArray<X509Certificate2> Certificates => [.. elements.Select(element => element.Certificate)];

    /// <summary>Reads what <see cref="X509Chain.Build(X509Certificate2)"/> left in <paramref name="chain"/>.</summary>
    public static VerificationPath Of(X509Chain chain, ImmutableArray<X509Certificate2> anchors, DateTime time)
    {
        var elements = ImmutableArray.CreateBuilder<(X509Certificate2, X509ChainStatusFlags)>();
        foreach (X509ChainElement element in chain.ChainElements)
        {
            X509ChainStatusFlags status = element.ChainElementStatus.Aggregate(
                X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
            bool isAnchor = anchors.Any(anchor =>
                anchor.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span));

            // A trust anchor is where a path ends; that nobody above it is known says nothing against it.
            elements.Add((element.Certificate, isAnchor ? status & ~Incomplete : status));
            if (isAnchor)
            {
                return new VerificationPath(elements.ToImmutable(), isComplete: true, time);
            }
        }

        return new VerificationPath(elements.ToImmutable(), isComplete: false, time);
    }

    /// <summary>What is wrong with the path, or null.</summary>
    public PeerJudgement? Fault()
    {
        X509ChainStatusFlags all = elements.Aggregate(
            X509ChainStatusFlags.NoError, (flags, element) => flags | element.Status);
        if (all == X509ChainStatusFlags.NoError)
        {
            return isComplete ? null : PeerJudgement.Rejected(RejectionReason.UnknownIssuer, "the path ends at no trust anchor");
        }

        foreach ((X509ChainStatusFlags status, RejectionReason? reason) in s_reasons)
        {
            if (all.HasFlag(status))
            {
                // From the anchor down, as OpenSSL reports it.
                (X509Certificate2 carrier, _) = elements.LastOrDefault(element => element.Status.HasFlag(status) && MayCarry(element.Certificate, status));
                carrier ??= elements.Last(element => element.Status.HasFlag(status)).Certificate;
                return PeerJudgement.Rejected(Narrow(status, reason, carrier), $"{status} ({carrier.Subject})");
            }
        }

        return PeerJudgement.Rejected(null, all.ToString());
    }

    /// <summary>.NET says of a whole path that it is not for a purpose; what says so is a certificate with purposes.</summary>
    private static bool MayCarry(X509Certificate2 certificate, X509ChainStatusFlags status) =>
        status != X509ChainStatusFlags.NotValidForUsage || certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any();

    /// <summary>Where one status covers two reasons, the certificate that carries it decides.</summary>
    private RejectionReason? Narrow(X509ChainStatusFlags status, RejectionReason? reason, X509Certificate2 carrier) =>
        status switch
        {
            X509ChainStatusFlags.NotTimeValid when time < carrier.NotBefore.ToUniversalTime() => RejectionReason.NotYetValid,
            X509ChainStatusFlags.InvalidBasicConstraints when PathRules.MayIssue(carrier) => RejectionReason.PathLength,
            _ => reason,
        };
}
