using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// The public keys of the authorities, read once for each thread: to read one costs as much as to verify a signature, and
/// one instance is for one thread at a time.
/// </summary>
internal sealed class IssuerKeys : IDisposable
{
    private readonly ThreadLocal<Dictionary<string, PublicKey?>> _keys =
        new(static () => new Dictionary<string, PublicKey?>(StringComparer.Ordinal), trackAllValues: true);

    /// <summary>Whether a certificate is signed by that key.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="stem">Whose key it is.</param>
    /// <param name="subjectPublicKeyInfo">The key, DER; always the same for one stem.</param>
    public bool HaveSigned(ParsedCertificate certificate, string stem, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        Dictionary<string, PublicKey?> keys = _keys.Value!;
        if (!keys.TryGetValue(stem, out PublicKey? key))
        {
            keys.Add(stem, key = PublicKey.TryRead(subjectPublicKeyInfo));
        }

        return key is not null && certificate.IsSignedBy(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PublicKey? key in _keys.Values.SelectMany(keys => keys.Values))
        {
            key?.Dispose();
        }

        _keys.Dispose();
    }
}
