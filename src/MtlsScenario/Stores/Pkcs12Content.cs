using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MtlsScenario.Stores;

/// <summary>What a PKCS#12 holds. Whoever opened it disposes of it, which clears the keys.</summary>
/// <param name="Certificates">The certificates, in the order of the file.</param>
/// <param name="Keys">The private keys.</param>
/// <param name="Others">How many bags hold something else: a CRL, or a secret.</param>
/// <param name="Mac">How its MAC is made; null where it has none.</param>
internal sealed record Pkcs12Content(
    ImmutableArray<StoredCertificate> Certificates, ImmutableArray<StoredKey> Keys, int Others, Pkcs12Mac? Mac) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StoredKey key in Keys)
        {
            CryptographicOperations.ZeroMemory(key.Pkcs8);
        }
    }
}

/// <summary>The attributes by which the bags of a store are known.</summary>
/// <param name="Alias">Its friendlyName; null where it has none.</param>
/// <param name="LocalKeyId">What a key and its certificate have in common, in hex; null where it has none.</param>
/// <param name="IsTrusted">Whether it is marked as Java wants that of a trust anchor.</param>
internal sealed record StoredAttributes(string? Alias, string? LocalKeyId, bool IsTrusted);

/// <summary>A certificate in a store.</summary>
/// <param name="Der">DER, not parsed yet.</param>
/// <param name="Attributes">How it is known.</param>
/// <param name="Encryption">How it is encrypted; null where it is not.</param>
internal sealed record StoredCertificate(ReadOnlyMemory<byte> Der, StoredAttributes Attributes, PasswordEncryption? Encryption);

/// <summary>A private key in a store.</summary>
/// <param name="Pkcs8">PKCS#8, DER, not parsed yet.</param>
/// <param name="Attributes">How it is known.</param>
/// <param name="Encryption">How it is encrypted; null where it is not.</param>
internal sealed record StoredKey(byte[] Pkcs8, StoredAttributes Attributes, PasswordEncryption? Encryption);
