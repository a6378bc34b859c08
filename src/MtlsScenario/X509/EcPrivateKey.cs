using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>An EC key, by the platform.</summary>
internal sealed class EcPrivateKey : PrivateKey
{
    // An ECDSA signature of P-521: two integers of 66 bytes and a sign octet each, and the headers.
    private const int LongestSignature = 144;

    private readonly EcCurve _curve;
    private readonly ECDsa _key;
    private readonly byte[] _pkcs8;

    private EcPrivateKey(EcCurve curve, ECDsa key)
    {
        (_curve, _key) = (curve, key);

        // Both forms come from one export: it is the dearest thing after the key generation itself.
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        SubjectPublicKeyInfo = curve.EncodePublic(parameters.Q);
        _pkcs8 = curve.EncodePrivate(parameters);
        CryptographicOperations.ZeroMemory(parameters.D);
    }

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm => _curve.Algorithm;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>A new key.</summary>
    public static new EcPrivateKey Generate(KeyAlgorithm algorithm)
    {
        EcCurve curve = EcCurve.Of(algorithm);
        return new EcPrivateKey(curve, ECDsa.Create(curve.Curve));
    }

    /// <summary>The key with that private scalar, which is copied.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="scalar">From 1, below the curve's order; as many bytes as a coordinate has.</param>
    /// <exception cref="CryptographicException">It is not in that range.</exception>
    public static EcPrivateKey FromScalar(EcCurve curve, byte[] scalar) =>
        new(curve, ECDsa.Create(new ECParameters { Curve = curve.Curve, D = scalar }));

    /// <summary>Takes over a key that was read.</summary>
    /// <exception cref="CryptographicException">The private and the public key do not belong together.</exception>
    public static EcPrivateKey Create(EcCurve curve, ECDsa key) => new(curve, key);

    /// <summary>
    /// Reads a PKCS#8 key in the form that openssl writes. The platform is given the private key alone and works out the
    /// public one, which then is compared: half the price of letting it judge both.
    /// </summary>
    /// <returns>Null where the form is another.</returns>
    /// <exception cref="CryptographicException">The private and the public key do not belong together.</exception>
    public static EcPrivateKey? TryReadPkcs8(EcCurve curve, ReadOnlySpan<byte> pkcs8)
    {
        if (!curve.TryDecodePrivate(pkcs8, out byte[] privateKey, out byte[] publicKey))
        {
            return null;
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportParameters(new ECParameters { Curve = curve.Curve, D = privateKey });
            var read = new EcPrivateKey(curve, key);
            return read.SubjectPublicKeyInfo.Span.SequenceEqual(publicKey)
                ? read
                : throw new CryptographicException("The private and the public key do not belong together.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data, DigestAlgorithm digest)
    {
        if (IsDeterministic && _curve.TryDecodePrivate(_pkcs8, out byte[] scalar, out _))
        {
            byte[] same = DeterministicEcdsa.Sign(_curve, scalar, data, digest);
            CryptographicOperations.ZeroMemory(scalar);
            return same;
        }

        Span<byte> signature = stackalloc byte[LongestSignature];
        return _key.TrySignData(data, signature, NameOf(digest), DSASignatureFormat.Rfc3279DerSequence, out int length)
            ? signature[..length].ToArray()
            : throw new CryptographicException("The signature is longer than the curve allows.");
    }

    /// <inheritdoc/>
    public override byte[] ExportPkcs8() => [.. _pkcs8];

    /// <inheritdoc/>
    protected override PrivateKey Copy()
    {
        ECDsa copy = ECDsa.Create();
        copy.ImportPkcs8PrivateKey(_pkcs8, out _);
        return new EcPrivateKey(_curve, copy);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_pkcs8);
        _key.Dispose();
    }
}
