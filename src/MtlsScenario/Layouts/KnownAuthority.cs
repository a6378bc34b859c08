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
    public bool IsNamedBy(ParsedCertificate other) => certificate.Subject.Equals(other.Issuer);

    /// <summary>Whether it has that name and signed the other.</summary>
    public bool Issued(ParsedCertificate other) => IsNamedBy(other) && _key is not null && other.IsSignedBy(_key);

    /// <summary>Whether it can be told at all if it signed the other: Ed448, for one, nobody can check here.</summary>
    public bool CanTell(ParsedCertificate other) => _key is not null && other.SignatureAlgorithm.Kind != SignatureKind.Unknown;

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();
}
