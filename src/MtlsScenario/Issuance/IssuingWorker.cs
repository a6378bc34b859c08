using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>Makes the certificates of one plan's entry, on one thread at a time.</summary>
internal sealed class IssuingWorker
{
    private readonly PlannedCertificate _planned;
    private readonly PrivateKey _issuerKey;
    private readonly CertificateEncoder _pattern;
    private readonly RequestEncoder? _request;
    private readonly KeySeed? _seed;
    private readonly NativeIssuer _issuer = new();

    /// <param name="planned">What is made: a certificate that has an issuer.</param>
    /// <param name="issuer">Who signs; its key is used by nobody else at the same time.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <param name="seed">From which keys and serial numbers come; null to draw them.</param>
    public IssuingWorker(PlannedCertificate planned, IssuingAuthority issuer, DateTimeOffset now, KeySeed? seed = null)
    {
        (_planned, _seed) = (planned, seed);
        _issuerKey = issuer.Key;
        _pattern = new CertificateEncoder(planned.Template!, issuer.Identity, now, seed);
        _request = planned.KeepsRequest ? new RequestEncoder(planned.Request!) : null;
    }

    /// <summary>Makes one, with a new key. The caller disposes of it.</summary>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    public MadeCertificate Make(int? number) =>
        Make(_seed?.Key(_planned.Member(number).Stem, _planned.Key!.Value) ?? PrivateKey.Generate(_planned.Key!.Value), number);

    /// <summary>Makes one. The caller disposes of it.</summary>
    /// <param name="key">Its key, which it owns from then on.</param>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    public MadeCertificate Make(PrivateKey key, int? number) =>
        new(
            _planned, number, key, _issuer.Sign(_pattern, key.SubjectPublicKeyInfo.Span, _issuerKey, number))
        {
            Request = _request is null ? (ReadOnlyMemory<byte>?)null : _issuer.Request(_request, key, number),
        };
}
