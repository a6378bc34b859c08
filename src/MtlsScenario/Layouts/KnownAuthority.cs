using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>A certificate that may have issued others, under the name by which the layout knows it.</summary>
/// <param name="stem">The name.</param>
/// <param name="certificate">The certificate.</param>
internal sealed class KnownAuthority(string stem, ParsedCertificate certificate) : IDisposable
{
    private readonly PublicKey? _key = PublicKey.TryRead(certificate.SubjectPublicKeyInfo);

    /// <summary>The name.</summary>
    public string Stem => stem;

    /// <summary>The certificate.</summary>
    public ParsedCertificate Certificate => certificate;

    /// <summary>Whether it has the name that the other gives as its issuer's.</summary>
    public bool IsNamedBy(ParsedCertificate other) => IsCalled(other.Issuer);

    /// <summary>Whether it has that name.</summary>
    public bool IsCalled(ParsedName name) => certificate.Subject.Equals(name);

    /// <summary>Whether it has the name of a CRL's issuer and signed it.</summary>
    public bool Issued(ParsedCrl crl) => IsCalled(crl.Issuer) && crl.IsSignedBy(certificate.SubjectPublicKeyInfo);

    /// <summary>Whether it has that name and signed the other.</summary>
    public bool Issued(ParsedCertificate other) => IsNamedBy(other) && _key is not null && other.IsSignedBy(_key);

    /// <summary>Whether it can be told at all if it signed the other: Ed448, for one, nobody can check here.</summary>
    public bool CanTell(SignatureAlgorithm algorithm) => _key is not null && algorithm.Kind != SignatureKind.Unknown;

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();
}
