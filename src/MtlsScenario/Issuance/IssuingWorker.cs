using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>Makes certificates of one wish, on one thread, with an issuer's key of its own.</summary>
internal sealed class IssuingWorker : IDisposable
{
    private readonly PlannedCertificate _wish;
    private readonly PrivateKey _issuerKey;
    private readonly CertificatePattern _pattern;
    private readonly RequestPattern? _request;
    private readonly NativeIssuer _issuer = new();

    /// <param name="wish">What is made: a certificate that has an issuer.</param>
    /// <param name="issuer">Who signs; its key is copied.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    public IssuingWorker(PlannedCertificate wish, IssuingAuthority issuer, DateTimeOffset now)
    {
        _wish = wish;
        _issuerKey = issuer.Key.Clone();
        _pattern = new CertificatePattern(wish.Template!, issuer.WithKey(_issuerKey), now);
        _request = wish.KeepsRequest ? new RequestPattern(wish.Request!) : null;
    }

    /// <summary>Makes one, with a new key. The caller disposes of it.</summary>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    public MadeCertificate Make(int? number) => Make(PrivateKey.Generate(_wish.Key!.Value), number);

    /// <summary>Makes one. The caller disposes of it.</summary>
    /// <param name="key">Its key, which it owns from then on.</param>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    public MadeCertificate Make(PrivateKey key, int? number) =>
        new(
            _wish, number, key, _issuer.Sign(_pattern, key.SubjectPublicKeyInfo.Span, _issuerKey, number))
        {
            Request = _request is null ? (ReadOnlyMemory<byte>?)null : _issuer.Request(_request, key, number),
        };

    /// <inheritdoc/>
    public void Dispose() => _issuerKey.Dispose();
}
