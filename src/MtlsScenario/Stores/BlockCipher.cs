using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace MtlsScenario.Stores;

/// <summary>A cipher in CBC mode with the padding of PKCS#7, as the formats of keys and stores name it.</summary>
/// <param name="Oid">
/// The object identifier: the cipher's own in PBES2; in PKCS#12 one that says how key and IV are derived too.
/// </param>
/// <param name="Name">What it is called.</param>
/// <param name="KeyLength">In octets.</param>
internal sealed record BlockCipher(string Oid, string Name, int KeyLength)
{
    private const string Aes = "AES";
    private const string Rc2 = "RC2";

    /// <summary>What is written, unless for old readers.</summary>
    public static BlockCipher Aes256 { get; } = new("2.16.840.1.101.3.4.1.42", "AES-256-CBC", 32);

    /// <summary>What is written for those.</summary>
    public static BlockCipher Pkcs12TripleDes { get; } = new("1.2.840.113549.1.12.1.3", "3DES-CBC", 24);

    /// <summary>All that are read.</summary>
    public static IReadOnlyList<BlockCipher> All { get; } =
    [
        Aes256,
        Pkcs12TripleDes,
        new("2.16.840.1.101.3.4.1.2", "AES-128-CBC", 16),
        new("2.16.840.1.101.3.4.1.22", "AES-192-CBC", 24),
        new("1.2.840.113549.3.7", "3DES-CBC", 24),
        new("1.2.840.113549.1.12.1.4", "3DES-CBC with two keys", 16),
        new("1.2.840.113549.1.12.1.5", "RC2-128-CBC", 16),
        new("1.2.840.113549.1.12.1.6", "RC2-40-CBC", 5),
    ];

    /// <summary>Whether key and IV come of the derivation of PKCS#12.</summary>
    public bool IsOfPkcs12 => Oid.StartsWith("1.2.840.113549.1.12.", StringComparison.Ordinal);

    /// <summary>How many octets a block has, and an IV.</summary>
    public int BlockLength => Name.StartsWith(Aes, StringComparison.Ordinal) ? 16 : 8;

    /// <summary>Encrypts.</summary>
    public byte[] Encrypt(byte[] key, byte[] iv, ReadOnlySpan<byte> plain)
    {
        using SymmetricAlgorithm cipher = Create(key);
        return cipher.EncryptCbc(plain, iv);
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">The padding is none.</exception>
    public byte[] Decrypt(byte[] key, byte[] iv, ReadOnlySpan<byte> encrypted)
    {
        if (Name.StartsWith(Rc2, StringComparison.Ordinal))
        {
            return DecryptRc2(key, iv, encrypted.ToArray());
        }

        using SymmetricAlgorithm cipher = Create(key);
        return cipher.DecryptCbc(encrypted, iv);
    }

    private SymmetricAlgorithm Create(byte[] key)
    {
#pragma warning disable CA5350 // Old readers know no other.
        SymmetricAlgorithm cipher = BlockLength == 16 ? System.Security.Cryptography.Aes.Create() : TripleDES.Create();
#pragma warning restore CA5350
        cipher.Key = key;
        return cipher;
    }

    /// <summary>The platform's is missing where OpenSSL has no module for what is old.</summary>
    private static byte[] DecryptRc2(byte[] key, byte[] iv, byte[] encrypted)
    {
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new RC2Engine()), new Pkcs7Padding());
        cipher.Init(false, new ParametersWithIV(new RC2Parameters(key, key.Length * 8), iv));
        try
        {
            return cipher.DoFinal(encrypted);
        }
        catch (Org.BouncyCastle.Crypto.CryptoException exception)
        {
            throw new CryptographicException("The padding is none.", exception);
        }
    }
}
