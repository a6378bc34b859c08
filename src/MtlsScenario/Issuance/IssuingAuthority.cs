using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// An authority that signs: its name and key identifier as they stand in its certificate, and its key, which stays the
/// caller's to dispose of.
/// </summary>
internal sealed class IssuingAuthority
{
    /// <param name="certificate">The authority's certificate.</param>
    /// <param name="key">Its key.</param>
    /// <exception cref="ArgumentException">The key is not the certificate's.</exception>
    public IssuingAuthority(ParsedCertificate certificate, PrivateKey key)
        : this(certificate.Subject.Der, certificate.SubjectKeyIdentifier, key)
    {
        if (!key.Matches(certificate.SubjectPublicKeyInfo))
        {
            throw new ArgumentException("The key is not that of the authority's certificate.", nameof(key));
        }
    }

    private IssuingAuthority(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte>? keyIdentifier, PrivateKey key)
    {
        (Name, KeyIdentifier, Key) = (name, keyIdentifier, key);
    }

    /// <summary>The subject of its certificate, DER, verbatim: what stands as issuer in what it signs.</summary>
    public ReadOnlyMemory<byte> Name { get; }

    /// <summary>The value of its certificate's subjectKeyIdentifier; null where it has none.</summary>
    public ReadOnlyMemory<byte>? KeyIdentifier { get; }

    /// <summary>Its key.</summary>
    public PrivateKey Key { get; }

    /// <summary>What of it stands in what it signs.</summary>
    public SigningIdentity Identity => new(Name, KeyIdentifier, Key.Algorithm, Key.SubjectPublicKeyInfo);

    /// <summary>The same authority with a copy of its key, for another thread. The caller disposes of that key.</summary>
    public IssuingAuthority Copy() => new(Name, KeyIdentifier, Key.Clone());
}
