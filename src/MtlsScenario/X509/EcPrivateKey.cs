using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>An EC key, by libcrypto where it is there, and by the platform everywhere else.</summary>
internal sealed class EcPrivateKey : PrivateKey
{
    // An ECDSA signature of P-521: two integers of 66 bytes and a sign octet each, and the headers.
    private const int LongestSignature = 144;

    private readonly EcCurve _curve;
    private readonly byte[] _pkcs8;

    // What signs, one of them, from the first signature on: most keys that are read are only compared.
    private LibCryptoKey? _native;
    private ECDsa? _platform;

    private EcPrivateKey(EcCurve curve, byte[] scalar, byte[] point)
    {
        _curve = curve;
        SubjectPublicKeyInfo = curve.EncodePublic(point);
        _pkcs8 = curve.EncodePrivate(scalar, point);
        CryptographicOperations.ZeroMemory(scalar);
    }

    /// <inheritdoc/>
    public override KeyAlgorithm Algorithm => _curve.Algorithm;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>A new key.</summary>
    public static new EcPrivateKey Generate(KeyAlgorithm algorithm)
    {
        EcCurve curve = EcCurve.Of(algorithm);
        if (!LibCrypto.IsThere)
        {
            return Create(curve, ECDsa.Create(curve.Curve));
        }

        LibCryptoKey key = curve.Native.Generate(out byte[] scalar, out byte[] point);
        return new EcPrivateKey(curve, scalar, point) { _native = key };
    }

    /// <summary>The key with that private scalar, which is copied.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="scalar">From 1, below the curve's order; as many bytes as a coordinate has.</param>
    /// <exception cref="CryptographicException">It is not in that range.</exception>
    public static EcPrivateKey FromScalar(EcCurve curve, ReadOnlySpan<byte> scalar)
    {
        if (!curve.IsPrivate(scalar))
        {
            throw new CryptographicException($"The number is no private key of {curve.Name}.");
        }

        if (LibCrypto.IsThere)
        {
            byte[] point = curve.Native.PublicOf(scalar);
            return new EcPrivateKey(curve, scalar.ToArray(), point);
        }

        byte[] copy = scalar.ToArray();
        try
        {
            return Create(curve, ECDsa.Create(new ECParameters { Curve = curve.Curve, D = copy }));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>Takes over a key that was read.</summary>
    /// <exception cref="CryptographicException">The private and the public key do not belong together.</exception>
    public static EcPrivateKey Create(EcCurve curve, ECDsa key)
    {
        // Both forms come from one export: it is the dearest thing after the key generation itself.
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        return new EcPrivateKey(curve, parameters.D!, [4, .. parameters.Q.X!, .. parameters.Q.Y!]) { _platform = key };
    }

    /// <summary>
    /// Reads a PKCS#8 key in the form that openssl writes. The public key is worked out of the private one, and then is
    /// compared: half the price of having both judged.
    /// </summary>
    /// <returns>Null where the form is another.</returns>
    /// <exception cref="CryptographicException">The private and the public key do not belong together.</exception>
    public static EcPrivateKey? TryReadPkcs8(EcCurve curve, ReadOnlySpan<byte> pkcs8)
    {
        if (!curve.TryDecodePrivate(pkcs8, out ReadOnlySpan<byte> scalar, out ReadOnlySpan<byte> point))
        {
            return null;
        }

        EcPrivateKey read = FromScalar(curve, scalar);
        if (read.SubjectPublicKeyInfo.Span.EndsWith(point))
        {
            return read;
        }

        read.Dispose();
        throw new CryptographicException("The private and the public key do not belong together.");
    }

    /// <inheritdoc/>
    public override byte[] Sign(ReadOnlySpan<byte> data, DigestAlgorithm digest)
    {
        if (IsDeterministic)
        {
            Decode(out ReadOnlySpan<byte> scalar, out _);
            byte[] copy = scalar.ToArray();
            byte[] same = DeterministicEcdsa.Sign(_curve, copy, data, digest);
            CryptographicOperations.ZeroMemory(copy);
            return same;
        }

        Span<byte> signature = stackalloc byte[LongestSignature];
        if (LibCrypto.IsThere)
        {
            _native ??= ForLibCrypto();
            return signature[.._native.Sign(data, NameOf(digest), signature)].ToArray();
        }

        _platform ??= ForPlatform();
        return _platform.TrySignData(data, signature, NameOf(digest), DSASignatureFormat.Rfc3279DerSequence, out int length)
            ? signature[..length].ToArray()
            : throw new CryptographicException("The signature is longer than the curve allows.");
    }

    /// <inheritdoc/>
    public override byte[] ExportPkcs8() => [.. _pkcs8];

    /// <inheritdoc/>
    protected override PrivateKey Copy()
    {
        Decode(out ReadOnlySpan<byte> scalar, out ReadOnlySpan<byte> point);
        return new EcPrivateKey(_curve, scalar.ToArray(), point.ToArray());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_pkcs8);
        _native?.Dispose();
        _platform?.Dispose();
    }

    private void Decode(out ReadOnlySpan<byte> scalar, out ReadOnlySpan<byte> point) =>
        ObjectDisposedException.ThrowIf(!_curve.TryDecodePrivate(_pkcs8, out scalar, out point), this);

    private LibCryptoKey ForLibCrypto()
    {
        Decode(out ReadOnlySpan<byte> scalar, out ReadOnlySpan<byte> point);
        return _curve.Native.Import(scalar, point);
    }

    private ECDsa ForPlatform()
    {
        ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_pkcs8, out _);
        return key;
    }
}
