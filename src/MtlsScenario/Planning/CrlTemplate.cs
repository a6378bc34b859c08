using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>What an authority's CRL is to say, but for what comes from the CRLs that are there and from the moment at which it is made.</summary>
/// <param name="Validity">From when to when; null for: from its making to the authority's own end.</param>
/// <param name="RenewBefore">How long before its end it counts as due; null for a third of its lifetime.</param>
/// <param name="Digest">Of the signature; ignored where the key is Ed25519 or ML-DSA.</param>
/// <param name="Revoked">The revoked certificates of the scenario.</param>
/// <param name="Revokes">Further ones, by serial number.</param>
internal sealed record CrlTemplate(
    Lifetime? Validity,
    TimeSpan? RenewBefore,
    DigestAlgorithm Digest,
    ImmutableArray<RevokedCertificate> Revoked,
    ImmutableArray<RevokedSerial> Revokes)
{
    /// <summary>
    /// The end of a list that lasts as long as its authority. Below one that has ended, nobody asks for CRLs: its own end is found
    /// first, as long as that of the CRL is not.
    /// </summary>
    public static DateTimeOffset EndFor((DateTimeOffset From, DateTimeOffset Until) authority, DateTimeOffset now) =>
        authority.Until > now ? authority.Until : now + (authority.Until - authority.From) + TimeSpan.FromSeconds(1);
}

/// <summary>A revoked certificate, or those of a fleet.</summary>
/// <param name="Stem">Its file stem; in a fleet with the placeholder.</param>
/// <param name="Replicas">That it is there N times; null for one.</param>
/// <param name="CertificateFile">Where its issuer has it; in a fleet with the placeholder.</param>
/// <param name="Revocation">That it is revoked, and which of the replicas are.</param>
internal sealed record RevokedCertificate(string Stem, Replication? Replicas, string CertificateFile, CertificateRevocation Revocation)
{
    /// <summary>The numbers of those that are revoked; a single null outside a fleet.</summary>
    public IEnumerable<int?> Numbers =>
        Replicas is not null && Revocation.Of is { } some ? some.Select(number => (int?)number) : Replication.Numbers(Replicas);
}
