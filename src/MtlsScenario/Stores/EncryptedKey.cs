using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.X509;

namespace MtlsScenario.Stores;

/// <summary>EncryptedPrivateKeyInfo (RFC 5958 section 3), in PEM.</summary>
internal static class EncryptedKey
{
    /// <summary>A key as openssl writes it.</summary>
    /// <param name="pkcs8">PKCS#8, DER.</param>
    /// <param name="password">The password.</param>
    /// <param name="encryption">How it is encrypted.</param>
    public static byte[] Write(ReadOnlySpan<byte> pkcs8, Password password, PasswordEncryption encryption)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            encryption.Write(writer);
            writer.WriteOctetString(encryption.Encrypt(password, pkcs8));
        }

        return Pem.Encode(Pem.EncryptedPrivateKey, writer.Encode());
    }

    /// <summary>Opens the first encrypted PKCS#8 key of a PEM text, or one in DER.</summary>
    /// <param name="file">The file.</param>
    /// <param name="password">The password.</param>
    /// <param name="key">The key; its caller disposes of it.</param>
    /// <returns>Why it was not opened, or null.</returns>
    public static StoreFault? TryOpen(ReadOnlyMemory<byte> file, Password password, [NotNullWhen(false)] out OpenedKey? key)
    {
        key = null;
        ReadOnlyMemory<byte> der = Pem.TryDecode(file.Span, Pem.EncryptedPrivateKey, out byte[] decoded) ? decoded : file;
        byte[] pkcs8 = [];
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.BER);
            AsnReader info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var encryption = PasswordEncryption.Read(info);
            byte[] encrypted = info.ReadOctetString();
            info.ThrowIfNotEmpty();
            pkcs8 = encryption.Decrypt(password, encrypted, new WorkBudget());
            key = new OpenedKey(PrivateKey.ReadDer(Pem.PrivateKey, pkcs8), encryption);
            if (key.Key is not KeyReadResult.Unreadable)
            {
                return null;
            }
        }
        catch (StoreFaultException exception)
        {
            return exception.Fault;
        }
        catch (AsnContentException)
        {
            return new StoreFault(StoreFaultKind.Damaged, "it is no encrypted PKCS#8 key, or damaged");
        }
        catch (CryptographicException)
        {
            // There is no padding: the same as below.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }

        key = null;
        return new StoreFault(StoreFaultKind.WrongPassword, "it has another password (or was changed)");
    }
}

/// <summary>A key that was encrypted.</summary>
/// <param name="Key">What it is: read, or of a kind that no scenario can name.</param>
/// <param name="Encryption">How it was encrypted.</param>
internal sealed record OpenedKey(KeyReadResult Key, PasswordEncryption Encryption) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => (Key as KeyReadResult.Read)?.Key.Dispose();
}
