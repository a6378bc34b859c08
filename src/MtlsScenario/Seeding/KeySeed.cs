using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Seeding;

/// <summary>
/// A seed from which the keys, serial numbers and salts of a layout are derived: whoever has it has every key. Each comes of the
/// seed and of what it is for, so that no order matters. Safe for use by several threads; disposing of it clears it.
/// </summary>
internal sealed class KeySeed : IDisposable
{
    /// <summary>The bytes that a seed has at least, as c2sp.org/det-keygen has it.</summary>
    public const int LeastLength = 16;

    /// <summary>The bytes that are derived for a key: the seed of an Ed25519 or ML-DSA key, or of its generation.</summary>
    private const int KeySeedLength = 32;

    /// <summary>What changes when anything is derived in another way.</summary>
    private const string Version = "mtls-scenario seed 1";

    private readonly byte[] _secret;

    /// <summary>RSA keys, PKCS#8, which take long to find.</summary>
    private readonly ConcurrentDictionary<(string Stem, KeyAlgorithm Algorithm), Lazy<byte[]>> _found = new();

    /// <param name="seed">At least 16 bytes, which are not kept.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public KeySeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length < LeastLength)
        {
            throw new ArgumentException($"A seed has at least {LeastLength} bytes, and this one has {seed.Length}.", nameof(seed));
        }

        _secret = new byte[SHA256.HashSizeInBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, seed, salt: [], _secret);
    }

    /// <summary>The key of a stem, whose signatures come of the key and the message alone. The caller disposes of it.</summary>
    /// <param name="stem">The file stem, with the number of the replica.</param>
    /// <param name="algorithm">Its kind.</param>
    public PrivateKey Key(string stem, KeyAlgorithm algorithm)
    {
        PrivateKey key = algorithm.IsRsa() ? Rsa(stem, algorithm) : Derive(stem, algorithm);
        key.IsDeterministic = true;
        return key;
    }

    /// <summary>Begins to look for RSA keys on all cores. Nobody waits for those that are not asked for.</summary>
    public void Prepare(IEnumerable<(string Stem, KeyAlgorithm Algorithm)> keys)
    {
        foreach ((string stem, KeyAlgorithm algorithm) in keys.Where(key => key.Algorithm.IsRsa()))
        {
            Lazy<byte[]> found = Find(stem, algorithm);
            ThreadPool.QueueUserWorkItem(static sought => _ = sought.Value, found, preferLocal: false);
        }
    }

    /// <summary>The serial number of a certificate: 159 bits, as openssl draws them.</summary>
    /// <param name="content">SHA-256 of all that the certificate says besides.</param>
    public BigInteger Serial(ReadOnlySpan<byte> content)
    {
        byte[] serial = Bytes("serial", content, (SerialNumber.MostBits + 7) / 8);
        serial[0] &= 0x7F;
        return new BigInteger(serial, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>Bytes in place of random ones.</summary>
    /// <param name="purpose">What they are for.</param>
    /// <param name="content">What belongs to it.</param>
    /// <param name="length">How many, at most 8160.</param>
    public byte[] Bytes(string purpose, ReadOnlySpan<byte> content, int length) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _secret, length, [.. Encoding.UTF8.GetBytes($"{Version}\0{purpose}\0"), .. content]);

    /// <summary>Gives bytes in place of random ones, further ones each time; for one thread.</summary>
    /// <param name="purpose">What they are for.</param>
    /// <param name="content">What belongs to it.</param>
    public Func<int, byte[]> Draws(string purpose, byte[] content)
    {
        int count = 0;
        return length => Bytes($"{purpose}\0{count++}", content, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        foreach (Lazy<byte[]> found in _found.Values.Where(found => found.IsValueCreated))
        {
            CryptographicOperations.ZeroMemory(found.Value);
        }
    }

    private PrivateKey Rsa(string stem, KeyAlgorithm algorithm) =>
        PrivateKey.ReadDer(Pem.PrivateKey, Find(stem, algorithm).Value) is KeyReadResult.Read { Key: var key } ? key : throw new UnreachableException();

    private Lazy<byte[]> Find(string stem, KeyAlgorithm algorithm) => _found.GetOrAdd((stem, algorithm), sought => new Lazy<byte[]>(() =>
    {
        using PrivateKey key = Derive(sought.Stem, sought.Algorithm);
        return key.ExportPkcs8();
    }));

    private PrivateKey Derive(string stem, KeyAlgorithm algorithm)
    {
        byte[] seed = Bytes($"key\0{KeyNames.Of(algorithm)}", Encoding.UTF8.GetBytes(stem), KeySeedLength);
        try
        {
            return algorithm switch
            {
                KeyAlgorithm.Rsa2048 or KeyAlgorithm.Rsa3072 or KeyAlgorithm.Rsa4096 => RsaPrivateKey.TryCreate(SeededKeys.Rsa(RsaPrivateKey.BitsOf(algorithm), seed))!,
                KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521 => SeededKeys.Ec(EcCurve.Of(algorithm), seed),
                KeyAlgorithm.Ed25519 => Ed25519PrivateKey.FromSeed(seed),
                KeyAlgorithm.MlDsa44 or KeyAlgorithm.MlDsa65 or KeyAlgorithm.MlDsa87 => MlDsaPrivateKey.FromSeed(MlDsaVariant.Of(algorithm), seed),
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
