using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MtlsScenario.X509;

/// <summary>
/// Makes and reads the keys of a curve by libcrypto. What belongs to the curve is set up once: to look it up again takes
/// longer than to make a key.
/// </summary>
/// <param name="curve">The curve.</param>
internal sealed partial class LibCryptoCurve(EcCurve curve)
{
    // evp.h and ec.h.
    private const int PublicKey = 0x86;
    private const int KeyPair = 0x87;
    private const int UncompressedPoint = 4;

    private readonly ConcurrentBag<nint> _generators = [];
    private readonly Lazy<nint> _group = new(() => NotNull(NewGroup(NumberOf(curve.Oid)), $"set up {curve.Name}"));

    /// <summary>Makes a key.</summary>
    /// <param name="scalar">The private key; the caller clears it.</param>
    /// <param name="point">The public key, uncompressed.</param>
    /// <returns>The key, to sign with.</returns>
    /// <exception cref="CryptographicException">It could not be made.</exception>
    public LibCryptoKey Generate(out byte[] scalar, out byte[] point)
    {
        // A generator is for one thread at a time.
        nint generator = _generators.TryTake(out nint idle) ? idle : NewGenerator();
        nint made = 0;
        int result = Generate(generator, ref made);
        _generators.Add(generator);
        LibCrypto.Check(result, "make a key");
        var key = new LibCryptoKey(made);
        nint number = 0;
        try
        {
            (scalar, point) = (new byte[curve.FieldLength], new byte[curve.PointLength]);
            LibCrypto.Check(GetOctets(key, "pub", point, (nuint)point.Length, out nuint length), "export the public key");
            LibCrypto.Check(GetNumber(key, "priv", ref number), "export the private key");
            return (int)length == point.Length && ToBytes(number, scalar, scalar.Length) == scalar.Length
                ? key
                : throw new CryptographicException($"OpenSSL's key on {curve.Name} does not have the length of one.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            FreeNumber(number);
        }
    }

    /// <summary>Works out the public key of a private one.</summary>
    /// <param name="scalar">From 1, below the curve's order.</param>
    /// <returns>The point, uncompressed.</returns>
    public byte[] PublicOf(ReadOnlySpan<byte> scalar)
    {
        nint number = FromBytes(scalar, scalar.Length, 0);
        nint point = NewPoint(_group.Value);
        try
        {
            byte[] encoded = new byte[curve.PointLength];
            LibCrypto.Check(Multiply(_group.Value, point, number, 0, 0, 0), "work out the public key");
            return (int)ToOctets(_group.Value, point, UncompressedPoint, encoded, (nuint)encoded.Length, 0) == encoded.Length
                ? encoded
                : throw LibCrypto.Failure("encode the public key");
        }
        finally
        {
            FreePoint(point);
            FreeNumber(number);
        }
    }

    /// <summary>Takes a key, to sign or to verify with.</summary>
    /// <param name="scalar">The private key; empty where there is none. That it belongs to the point is the caller's to know.</param>
    /// <param name="point">The public key, uncompressed.</param>
    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public unsafe LibCryptoKey Import(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        // OSSL_PARAM has numbers in the machine's own order.
        Span<byte> number = stackalloc byte[scalar.Length];
        scalar.CopyTo(number);
        if (BitConverter.IsLittleEndian)
        {
            number.Reverse();
        }

        nint context = NotNull(NewContext(0, "EC", 0), "find EC");
        nint key = 0;
        try
        {
            fixed (byte* group = "group\0"u8, pub = "pub\0"u8, priv = "priv\0"u8)
            fixed (byte* name = Encoding.ASCII.GetBytes(curve.Name), octets = point, integer = number)
            {
                Parameter* parameters = stackalloc Parameter[4];
                parameters[0] = new Parameter(group, Parameter.Text, name, curve.Name.Length);
                parameters[1] = new Parameter(pub, Parameter.Octets, octets, point.Length);
                parameters[2] = scalar.IsEmpty ? default : new Parameter(priv, Parameter.Unsigned, integer, number.Length);
                parameters[3] = default;
                LibCrypto.Check(FromDataInit(context), "begin to read a key");
                LibCrypto.Check(FromData(context, ref key, scalar.IsEmpty ? PublicKey : KeyPair, parameters), "read the key");
            }

            return new LibCryptoKey(key);
        }
        finally
        {
            FreeContext(context);
            CryptographicOperations.ZeroMemory(number);
        }
    }

    private nint NewGenerator()
    {
        nint context = NotNull(NewContext(0, "EC", 0), "find EC");
        LibCrypto.Check(GenerateInit(context), "begin to make keys");
        LibCrypto.Check(SetGroup(context, curve.Name), $"set up {curve.Name}");
        return context;
    }

    private static nint NotNull(nint pointer, string what) => pointer != 0 ? pointer : throw LibCrypto.Failure(what);

    /// <summary>OSSL_PARAM (core.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly unsafe struct Parameter(byte* key, uint type, byte* data, int length)
    {
        public const uint Unsigned = 2;
        public const uint Text = 4;
        public const uint Octets = 5;

        private readonly byte* _key = key;
        private readonly uint _type = type;
        private readonly byte* _data = data;
        private readonly nuint _length = (nuint)length;
        private readonly nuint _returned = 0;
    }

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_CTX_new_from_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewContext(nint library, string name, nint properties);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_keygen_init")]
    private static partial int GenerateInit(nint context);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_CTX_set_group_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetGroup(nint context, string name);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_generate")]
    private static partial int Generate(nint context, ref nint key);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_get_octet_string_param", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetOctets(LibCryptoKey key, string name, Span<byte> octets, nuint most, out nuint length);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_get_bn_param", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetNumber(LibCryptoKey key, string name, ref nint number);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_fromdata_init")]
    private static partial int FromDataInit(nint context);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EVP_PKEY_fromdata")]
    private static unsafe partial int FromData(nint context, ref nint key, int selection, Parameter* parameters);

    [LibraryImport(LibCrypto.Library, EntryPoint = "BN_bin2bn")]
    private static partial nint FromBytes(ReadOnlySpan<byte> bytes, int length, nint number);

    [LibraryImport(LibCrypto.Library, EntryPoint = "BN_bn2binpad")]
    private static partial int ToBytes(nint number, Span<byte> bytes, int length);

    [LibraryImport(LibCrypto.Library, EntryPoint = "BN_clear_free")]
    private static partial void FreeNumber(nint number);

    [LibraryImport(LibCrypto.Library, EntryPoint = "OBJ_txt2nid", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NumberOf(string oid);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    private static partial nint NewGroup(int number);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EC_POINT_new")]
    private static partial nint NewPoint(nint group);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EC_POINT_free")]
    private static partial void FreePoint(nint point);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EC_POINT_mul")]
    private static partial int Multiply(nint group, nint result, nint scalar, nint point, nint factor, nint context);

    [LibraryImport(LibCrypto.Library, EntryPoint = "EC_POINT_point2oct")]
    private static partial nuint ToOctets(nint group, nint point, int form, Span<byte> octets, nuint length, nint context);
}
