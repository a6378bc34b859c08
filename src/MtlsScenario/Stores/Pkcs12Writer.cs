using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.X509;

namespace MtlsScenario.Stores;

/// <summary>Writes PKCS#12 (RFC 7292), byte for byte as openssl does.</summary>
internal static class Pkcs12Writer
{
    private const int SaltLength = 8;

    private static readonly Asn1Tag _content = new(TagClass.ContextSpecific, 0);

    /// <summary>A store of a key and the certificates that go with it.</summary>
    /// <param name="alias">What the key and its certificate are called.</param>
    /// <param name="pkcs8">The key, PKCS#8, DER.</param>
    /// <param name="chain">Its certificate and those above it, DER; never a root: whoever reads the store might trust that.</param>
    /// <param name="password">The password.</param>
    /// <param name="draws">What is random in it.</param>
    public static byte[] Identity(
        string alias, ReadOnlySpan<byte> pkcs8, IReadOnlyList<ReadOnlyMemory<byte>> chain, Password password, IdentityDraws draws)
    {
        byte[] keyId = KeyIdOf(chain[0].Span);
        byte[] key = draws.Key.Encrypt(password, pkcs8);
        byte[] certificates = Encoded(safe => WriteSequence(safe, () =>
        {
            for (int index = 0; index < chain.Count; index++)
            {
                WriteCertificate(safe, chain[index], index > 0 ? null : () => WriteNames(safe, alias, keyId));
            }
        }));
        byte[] encrypted = draws.Certificates.Encrypt(password, certificates);
        byte[] keyBag = Encoded(safe => WriteSequence(safe, () => WriteTyped(
            safe,
            StoreOids.ShroudedKeyBag,
            () => WriteSequence(safe, () =>
            {
                draws.Key.Write(safe);
                safe.WriteOctetString(key);
            }),
            () => WriteNames(safe, alias, keyId))));
        byte[] content = Encoded(safe => WriteSequence(safe, () =>
        {
            WriteTyped(safe, StoreOids.EncryptedData, () => WriteSequence(safe, () =>
            {
                safe.WriteInteger(0);
                WriteSequence(safe, () =>
                {
                    safe.WriteObjectIdentifier(StoreOids.Data);
                    draws.Certificates.Write(safe);
                    safe.WriteOctetString(encrypted, _content);
                });
            }));
            WriteTyped(safe, StoreOids.Data, () => safe.WriteOctetString(keyBag));
        }));
        return WithMac(content, password, draws.Mac);
    }

    /// <summary>
    /// A store of trust anchors, marked as Java wants them: not encrypted, so that Java reads it with the password and with
    /// none. Nothing in it is random, the salt of its MAC comes of its content.
    /// </summary>
    /// <param name="anchors">The aliases and the certificates, DER.</param>
    /// <param name="password">The password of the MAC.</param>
    public static byte[] TrustStore(IEnumerable<(string Alias, ReadOnlyMemory<byte> Certificate)> anchors, Password password)
    {
        byte[] bags = Encoded(safe => WriteSequence(safe, () =>
        {
            foreach ((string alias, ReadOnlyMemory<byte> certificate) in anchors)
            {
                WriteCertificate(safe, certificate, () =>
                {
                    WriteAlias(safe, alias);
                    WriteAttribute(safe, StoreOids.TrustedKeyUsage, () => safe.WriteObjectIdentifier(StoreOids.AnyExtendedKeyUsage));
                });
            }
        }));
        byte[] content = Encoded(safe => WriteSequence(safe, () => WriteTyped(safe, StoreOids.Data, () => safe.WriteOctetString(bags))));
        byte[] salt = Digests.Sha256(content)[..SaltLength];
        return WithMac(content, password, Pkcs12Mac.Of(HashAlgorithmName.SHA256, salt, 1));
    }

    /// <summary>What a key and its certificate have in common: the SHA-1 of the certificate, as openssl has it.</summary>
    public static byte[] KeyIdOf(ReadOnlySpan<byte> certificate)
    {
        byte[] identifier = new byte[SHA1.HashSizeInBytes];
        Digests.Sha1(certificate, identifier);
        return identifier;
    }

    private static byte[] WithMac(byte[] content, Password password, Pkcs12Mac mac) => Encoded(file => WriteSequence(file, () =>
    {
        file.WriteInteger(3);
        WriteTyped(file, StoreOids.Data, () => file.WriteOctetString(content));
        mac.Write(file, mac.Compute(password, content));
    }));

    private static byte[] Encoded(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static void WriteSequence(AsnWriter writer, Action content)
    {
        using (writer.PushSequence())
        {
            content();
        }
    }

    /// <summary>
    /// A type and, in [0], what is of that type: ContentInfo (RFC 2315 section 7), CertBag, and SafeBag, which has attributes.
    /// Sorted as a SET OF is in DER, those stand in openssl's order.
    /// </summary>
    private static void WriteTyped(AsnWriter writer, string type, Action content, Action? attributes = null) => WriteSequence(writer, () =>
    {
        writer.WriteObjectIdentifier(type);
        using (writer.PushSequence(_content))
        {
            content();
        }

        if (attributes is not null)
        {
            using (writer.PushSetOf())
            {
                attributes();
            }
        }
    });

    private static void WriteCertificate(AsnWriter writer, ReadOnlyMemory<byte> certificate, Action? attributes) => WriteTyped(
        writer,
        StoreOids.CertificateBag,
        () => WriteTyped(writer, StoreOids.X509Certificate, () => writer.WriteOctetString(certificate.Span)),
        attributes);

    private static void WriteNames(AsnWriter writer, string alias, byte[] keyId)
    {
        WriteAlias(writer, alias);
        WriteAttribute(writer, StoreOids.LocalKeyId, () => writer.WriteOctetString(keyId));
    }

    private static void WriteAlias(AsnWriter writer, string alias) =>
        WriteAttribute(writer, StoreOids.FriendlyName, () => writer.WriteCharacterString(UniversalTagNumber.BMPString, alias));

    private static void WriteAttribute(AsnWriter writer, string type, Action value) => WriteSequence(writer, () =>
    {
        writer.WriteObjectIdentifier(type);
        using (writer.PushSetOf())
        {
            value();
        }
    });
}
