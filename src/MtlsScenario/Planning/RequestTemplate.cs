using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>What a PKCS#10 request is to say. In a fleet <c>{n}</c> stands for the number of the replica.</summary>
/// <param name="Subject">The subject's name.</param>
/// <param name="Digest">Of the signature by the subject's own key; ignored where that is Ed25519 or ML-DSA.</param>
/// <param name="Extensions">
/// The requested extensions, in order: those of the certificate but for authorityKeyIdentifier, which only the issuer
/// can fill in. None leaves the attribute out.
/// </param>
internal sealed record RequestTemplate(
    DistinguishedName Subject,
    DigestAlgorithm Digest,
    ImmutableArray<PlannedExtension> Extensions);
