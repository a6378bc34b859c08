using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>
/// A curve, and the DER around its keys. All fields of an EC key have a fixed length, so what stands between them is
/// encoded once.
/// </summary>
internal sealed class EcCurve
{
    private readonly byte[] _publicPrefix;
    private readonly byte[] _privatePrefix;
    private readonly byte[] _privateMiddle;

    private readonly byte[] _order;

    private EcCurve(KeyAlgorithm algorithm, string name, string oid, string order)
    {
        Name = name;
        _order = Convert.FromHexString(order);
        int fieldLength = _order.Length;
        (Algorithm, Oid, FieldLength, Native) = (algorithm, oid, fieldLength, new LibCryptoCurve(this));
        byte[] publicKey = EncodePublic(oid, new byte[PointLength]);
        _publicPrefix = publicKey[..^PointLength];

        // Two encodings that differ in the private key alone show where it stands.
        byte[] privateKey = EncodePrivate(oid, new byte[fieldLength], new byte[PointLength]);
        byte[] marked = EncodePrivate(oid, [1, .. new byte[fieldLength - 1]], new byte[PointLength]);
        int start = privateKey.AsSpan().CommonPrefixLength(marked);
        _privatePrefix = privateKey[..start];
        _privateMiddle = privateKey[(start + fieldLength)..^PointLength];
    }

    /// <summary>The curves that a scenario can name, with their orders (SEC 2 sections 2.4.2, 2.5.1 and 2.6.1).</summary>
    public static IReadOnlyList<EcCurve> All { get; } =
    [
        new(KeyAlgorithm.EcP256, "P-256", Oids.Secp256R1,
            "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
        new(KeyAlgorithm.EcP384, "P-384", Oids.Secp384R1,
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"),
        new(KeyAlgorithm.EcP521, "P-521", Oids.Secp521R1,
            "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"),
    ];

    /// <summary>The kind of key.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>The name that NIST gave it: <c>P-256</c>.</summary>
    public string Name { get; }

    /// <summary>How many bits the order has, and a private key at most.</summary>
    public int OrderBits => (8 * _order.Length) - System.Numerics.BitOperations.LeadingZeroCount((uint)_order[0]) + 24;

    /// <summary>The object identifier of the curve, in dotted form.</summary>
    public string Oid { get; }

    /// <summary>The platform's name for it.</summary>
    public ECCurve Curve => ECCurve.CreateFromValue(Oid);

    /// <summary>What libcrypto does with its keys, where there is one.</summary>
    public LibCryptoCurve Native { get; }

    /// <summary>How many bytes a coordinate has, and a private key.</summary>
    public int FieldLength { get; }

    /// <summary>How many bytes an uncompressed point has (SEC 1 section 2.3.3).</summary>
    public int PointLength => 1 + (2 * FieldLength);

    /// <summary>Whether that can be a private key: it is neither zero nor beyond the order.</summary>
    public bool IsPrivate(ReadOnlySpan<byte> scalar) => scalar.IndexOfAnyExcept((byte)0) >= 0 && scalar.SequenceCompareTo(_order) < 0;

    /// <summary>The curve of a kind of key.</summary>
    public static EcCurve Of(KeyAlgorithm algorithm) => All.Single(curve => curve.Algorithm == algorithm);

    /// <summary>SubjectPublicKeyInfo (RFC 5480 section 2.2) of an uncompressed point.</summary>
    public byte[] EncodePublic(ReadOnlySpan<byte> point) => [.. _publicPrefix, .. point];

    /// <summary>
    /// PKCS#8 as openssl writes it: the curve in the algorithm and not again in the ECPrivateKey (RFC 5915), which has
    /// the public key.
    /// </summary>
    public byte[] EncodePrivate(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point) => [.. _privatePrefix, .. scalar, .. _privateMiddle, .. point];

    /// <summary>Whether a SubjectPublicKeyInfo is one that <see cref="EncodePublic(ReadOnlySpan{byte})"/> writes, and its point then.</summary>
    /// <param name="subjectPublicKeyInfo">DER.</param>
    /// <param name="point">Uncompressed; whether it is on the curve is not known yet.</param>
    public bool TryDecodePublic(ReadOnlySpan<byte> subjectPublicKeyInfo, out ReadOnlySpan<byte> point)
    {
        bool isUsual = subjectPublicKeyInfo.StartsWith(_publicPrefix);
        point = isUsual ? subjectPublicKeyInfo[_publicPrefix.Length..] : [];
        return IsUncompressed(point);
    }

    /// <summary>Whether a PKCS#8 key is one that <see cref="EncodePrivate(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> writes, and what it holds then.</summary>
    /// <param name="pkcs8">DER.</param>
    /// <param name="scalar">The private key, below the curve's order.</param>
    /// <param name="point">The public key that stands beside it, uncompressed; not compared with it yet.</param>
    public bool TryDecodePrivate(ReadOnlySpan<byte> pkcs8, out ReadOnlySpan<byte> scalar, out ReadOnlySpan<byte> point)
    {
        scalar = point = default;
        int middle = _privatePrefix.Length + FieldLength;
        int end = middle + _privateMiddle.Length;
        if (pkcs8.Length <= end
            || !pkcs8.StartsWith(_privatePrefix)
            || !pkcs8[middle..end].SequenceEqual(_privateMiddle)
            || !IsUncompressed(pkcs8[end..])
            || pkcs8[_privatePrefix.Length..middle].SequenceCompareTo(_order) >= 0)
        {
            return false;
        }

        scalar = pkcs8[_privatePrefix.Length..middle];
        point = pkcs8[end..];
        return true;
    }

    private bool IsUncompressed(ReadOnlySpan<byte> point) => point.Length == PointLength && point[0] == 4;

    private static byte[] EncodePublic(string oid, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer, oid);
            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    private static byte[] EncodePrivate(string oid, byte[] key, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer, oid);
            using (writer.PushOctetString())
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.WriteOctetString(key);
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                {
                    writer.WriteBitString(point);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.EcPublicKey);
            writer.WriteObjectIdentifier(oid);
        }
    }
}
