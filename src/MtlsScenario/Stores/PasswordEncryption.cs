using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Stores;

/// <summary>
/// How something is encrypted under a password, as its AlgorithmIdentifier says it: PBES2 (RFC 8018 section 6.2) or what
/// PKCS#12 had before (RFC 7292 appendix C). What is drawn stands in it, so that the same again gives the same octets.
/// </summary>
/// <param name="Derivation">How the key is made.</param>
/// <param name="Cipher">The cipher.</param>
/// <param name="Iv">Where it begins; null where that is derived too.</param>
internal sealed record PasswordEncryption(KeyDerivation Derivation, BlockCipher Cipher, byte[]? Iv)
{
    /// <summary>The one count that every openssl from 1.1.1 on writes: that one cannot be told another.</summary>
    public const int Iterations = 2048;

    /// <summary>How it is said: <c>AES-256-CBC, PBKDF2-HMAC-SHA256 2048</c>.</summary>
    public string Text => $"{Cipher.Name}, {Derivation.Text}";

    /// <summary>A new one: what is random is drawn.</summary>
    /// <param name="encryption">The kind of encryption.</param>
    /// <param name="draw">Gives that many bytes; null for random ones.</param>
    public static PasswordEncryption Draw(StoreEncryption encryption, Func<int, byte[]>? draw = null) => encryption switch
    {
        StoreEncryption.Aes256 => new(
            new KeyDerivation.Pbkdf2(Drawn(draw, 16), HashAlgorithmName.SHA256, Iterations),
            BlockCipher.Aes256,
            Drawn(draw, 16)),
        StoreEncryption.TripleDes => new(
            new Pkcs12Derivation(Drawn(draw, 8), HashAlgorithmName.SHA1, Iterations, Pkcs12Derivation.Key),
            BlockCipher.Pkcs12TripleDes,
            null),
        _ => throw new UnreachableException(),
    };

    /// <summary>Bytes from a source, or random ones.</summary>
    public static byte[] Drawn(Func<int, byte[]>? draw, int length) => draw?.Invoke(length) ?? RandomBytes.Draw(length);

    /// <summary>This one with what was drawn for another; null where that is of another kind or has another count.</summary>
    public PasswordEncryption? WithDrawsOf(PasswordEncryption other) => other.Cipher == Cipher
        && Derivation with { Salt = other.Derivation.Salt } is var derivation && derivation == other.Derivation
            ? new(derivation, Cipher, other.Iv)
            : null;

    /// <summary>Reads an AlgorithmIdentifier.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    /// <exception cref="StoreFaultException">It is one that is not known here.</exception>
    public static PasswordEncryption Read(AsnReader reader)
    {
        AsnReader identifier = reader.ReadSequence();
        string oid = identifier.ReadObjectIdentifier();
        if (oid != StoreOids.Pbes2)
        {
            BlockCipher old = CipherOf(oid, isOfPkcs12: true);
            AsnReader parameters = identifier.ReadSequence();
            byte[] salt = parameters.ReadOctetString();
            int iterations = KeyDerivation.ReadCount(parameters);
            return new(new Pkcs12Derivation(salt, HashAlgorithmName.SHA1, iterations, Pkcs12Derivation.Key), old, null);
        }

        AsnReader schemes = identifier.ReadSequence();
        KeyDerivation derivation = KeyDerivation.Read(schemes.ReadSequence(), out int? length);
        AsnReader scheme = schemes.ReadSequence();
        BlockCipher cipher = CipherOf(scheme.ReadObjectIdentifier(), isOfPkcs12: false);
        byte[] iv = scheme.ReadOctetString();
        return iv.Length == cipher.BlockLength && (length ?? cipher.KeyLength) == cipher.KeyLength
            ? new(derivation, cipher, iv)
            : throw new AsnContentException();
    }

    /// <summary>Writes the AlgorithmIdentifier as openssl does.</summary>
    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            if (Derivation is Pkcs12Derivation old)
            {
                writer.WriteObjectIdentifier(Cipher.Oid);
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(old.Salt);
                    writer.WriteInteger(old.Iterations);
                }

                return;
            }

            writer.WriteObjectIdentifier(StoreOids.Pbes2);
            using (writer.PushSequence())
            {
                ((KeyDerivation.Pbkdf2)Derivation).Write(writer);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Cipher.Oid);
                    writer.WriteOctetString(Iv);
                }
            }
        }
    }

    /// <summary>Encrypts.</summary>
    public byte[] Encrypt(Password password, ReadOnlySpan<byte> plain)
    {
        byte[] key = Derivation.Derive(password, Cipher.KeyLength);
        byte[] encrypted = Cipher.Encrypt(key, IvFor(password), plain);
        CryptographicOperations.ZeroMemory(key);
        return encrypted;
    }

    /// <summary>Decrypts. With another password there may be no padding, or by chance one.</summary>
    /// <param name="password">The password.</param>
    /// <param name="encrypted">What was encrypted.</param>
    /// <param name="budget">What may be spent.</param>
    /// <returns>What the caller clears.</returns>
    /// <exception cref="CryptographicException">There is no padding.</exception>
    /// <exception cref="StoreFaultException">It would take too long.</exception>
    public byte[] Decrypt(Password password, ReadOnlySpan<byte> encrypted, WorkBudget budget)
    {
        budget.Spend(Derivation);
        byte[] key = Derivation.Derive(password, Cipher.KeyLength);
        try
        {
            return Cipher.Decrypt(key, IvFor(password), encrypted);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private byte[] IvFor(Password password) =>
        Iv ?? ((Pkcs12Derivation)Derivation with { Purpose = Pkcs12Derivation.Iv }).Derive(password, Cipher.BlockLength);

    private static BlockCipher CipherOf(string oid, bool isOfPkcs12) =>
        BlockCipher.All.FirstOrDefault(cipher => cipher.Oid == oid && cipher.IsOfPkcs12 == isOfPkcs12)
        ?? throw new StoreFaultException(StoreFaultKind.Unsupported, $"its encryption {oid} is not known here");
}
