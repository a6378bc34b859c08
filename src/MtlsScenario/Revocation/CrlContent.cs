using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Revocation;

/// <summary>What a CRL is to say.</summary>
/// <param name="ThisUpdate">When it is made, UTC.</param>
/// <param name="NextUpdate">By when there is a newer one, UTC.</param>
/// <param name="Number">Its number.</param>
/// <param name="Entries">The revoked certificates, in any order; each once.</param>
/// <param name="Digest">Of the signature; ignored where the key is Ed25519 or ML-DSA.</param>
internal sealed record CrlContent(
    DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, BigInteger Number, IReadOnlyCollection<CrlEntry> Entries, DigestAlgorithm Digest);

/// <summary>Who signs a CRL.</summary>
/// <param name="Name">The subject of the authority's certificate, DER.</param>
/// <param name="KeyIdentifier">Its subjectKeyIdentifier; null where it has none, and the list then no authorityKeyIdentifier.</param>
/// <param name="Key">The key that signs: the authority's, or for a forged list another.</param>
internal sealed record CrlIssuer(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte>? KeyIdentifier, PrivateKey Key)
{
    /// <summary>An authority with a key.</summary>
    public static CrlIssuer Of(ParsedCertificate authority, PrivateKey key) => new(authority.Subject.Der, authority.SubjectKeyIdentifier, key);
}
