using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Model;

namespace MtlsScenario.Stores;

/// <summary>How the MAC of a PKCS#12 is made (RFC 7292 section 4, RFC 9579), without its value.</summary>
/// <param name="Derivation">How its key is.</param>
/// <param name="Hash">The digest of the HMAC.</param>
/// <param name="KeyLength">How long the key is.</param>
internal sealed record Pkcs12Mac(KeyDerivation Derivation, HashAlgorithmName Hash, int KeyLength)
{
    /// <summary>How it is said.</summary>
    public string Text => Derivation is Pkcs12Derivation ? $"HMAC-{Derivation.Text}" : $"HMAC-{Hash}, {Derivation.Text}";

    /// <summary>That of the derivation of PKCS#12.</summary>
    public static Pkcs12Mac Of(HashAlgorithmName hash, byte[] salt, int iterations) =>
        new(new Pkcs12Derivation(salt, hash, iterations, Pkcs12Derivation.Mac), hash, CryptographicOperations.HashData(hash, []).Length);

    /// <summary>A new one, for a store with a key in it.</summary>
    /// <param name="encryption">The kind of encryption.</param>
    /// <param name="draw">Gives that many bytes; null for random ones.</param>
    public static Pkcs12Mac Draw(StoreEncryption encryption, Func<int, byte[]>? draw = null) => encryption switch
    {
        StoreEncryption.Aes256 => Of(HashAlgorithmName.SHA256, PasswordEncryption.Drawn(draw, 16), PasswordEncryption.Iterations),
        StoreEncryption.TripleDes => Of(HashAlgorithmName.SHA1, PasswordEncryption.Drawn(draw, 8), PasswordEncryption.Iterations),
        _ => throw new UnreachableException(),
    };

    /// <summary>This one with what was drawn for another; null where that is of another kind or has another count.</summary>
    public Pkcs12Mac? WithDrawsOf(Pkcs12Mac? other) =>
        other is not null && this with { Derivation = Derivation with { Salt = other.Derivation.Salt } } == other ? other : null;

    /// <summary>Reads MacData.</summary>
    /// <param name="reader">What stands there.</param>
    /// <param name="value">The MAC.</param>
    /// <exception cref="AsnContentException">It is none.</exception>
    /// <exception cref="StoreFaultException">It is one that is not known here.</exception>
    public static Pkcs12Mac Read(AsnReader reader, out byte[] value)
    {
        AsnReader data = reader.ReadSequence();
        AsnReader info = data.ReadSequence();
        AsnReader identifier = info.ReadSequence();
        value = info.ReadOctetString();
        string oid = identifier.ReadObjectIdentifier();
        byte[] salt = data.ReadOctetString();
        int iterations = data.HasData ? KeyDerivation.ReadCount(data) : 1;
        if (oid != StoreOids.Pbmac1)
        {
            return Of(StoreOids.DigestOf(oid), salt, iterations);
        }

        AsnReader parameters = identifier.ReadSequence();
        KeyDerivation derivation = KeyDerivation.Read(parameters.ReadSequence(), out int? length);
        HashAlgorithmName hash = StoreOids.DigestOf(parameters.ReadSequence().ReadObjectIdentifier());
        return length is { } octets and <= 64 ? new(derivation, hash, octets) : throw new AsnContentException();
    }

    /// <summary>Writes MacData as openssl does; of the derivation of PKCS#12 alone.</summary>
    public void Write(AsnWriter writer, ReadOnlySpan<byte> value)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(StoreOids.OfDigest(Hash));
                    writer.WriteNull();
                }

                writer.WriteOctetString(value);
            }

            writer.WriteOctetString(Derivation.Salt);
            if (((Pkcs12Derivation)Derivation).Iterations is not 1 and var iterations)
            {
                writer.WriteInteger(iterations);
            }
        }
    }

    /// <summary>The MAC of some content.</summary>
    public byte[] Compute(Password password, ReadOnlySpan<byte> content)
    {
        byte[] key = Derivation.Derive(password, KeyLength);
        byte[] mac = CryptographicOperations.HmacData(Hash, key, content);
        CryptographicOperations.ZeroMemory(key);
        return mac;
    }
}
