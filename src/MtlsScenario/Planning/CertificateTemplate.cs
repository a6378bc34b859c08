using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// What a certificate is to say, but for what comes from keys and from the moment of issuance. In a fleet
/// <c>{n}</c> in <paramref name="Subject"/> and in the names stands for the number of the replica.
/// </summary>
/// <param name="Version">1 or 3, as the words go (X.509 v1, v3); v1 has no extensions.</param>
/// <param name="Subject">The subject's name.</param>
/// <param name="Serial">How it comes by its serial number.</param>
/// <param name="Validity">From when to when.</param>
/// <param name="Digest">Of the signature; ignored where the signing key is Ed25519 or ML-DSA.</param>
/// <param name="Extensions">In the order of the certificate.</param>
internal sealed record CertificateTemplate(
    int Version,
    DistinguishedName Subject,
    SerialNumber Serial,
    Lifetime Validity,
    DigestAlgorithm Digest,
    ImmutableArray<PlannedExtension> Extensions);
