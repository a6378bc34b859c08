using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Faults;

/// <summary>
/// The parts of a certificate, each as it is to be written, right or wrong: a copy of a good one, of which one part is exchanged
/// before it is signed again.
/// </summary>
internal sealed record CertificateParts
{
    private const int SerialLength = 16;
    private static readonly Asn1Tag s_version = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 3);

    /// <summary>1 or 3; the first has no extensions.</summary>
    public required int Version { get; init; }

    /// <summary>The content of the serial number's INTEGER.</summary>
    public ReadOnlyMemory<byte> Serial { get; init; } = NewSerial();

    /// <summary>The issuer's name, DER.</summary>
    public required ReadOnlyMemory<byte> Issuer { get; init; }

    /// <summary>From when to when, UTC.</summary>
    public required (DateTimeOffset From, DateTimeOffset Until) Validity { get; init; }

    /// <summary>The subject's name, DER.</summary>
    public required ReadOnlyMemory<byte> Subject { get; init; }

    /// <summary>The subject's key, DER.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The extensions, in order.</summary>
    public required ImmutableArray<ParsedExtension> Extensions { get; init; }

    /// <summary>The digest of the signature.</summary>
    public DigestAlgorithm Digest { get; init; } = DigestAlgorithm.Sha256;

    /// <summary>The value of subjectKeyIdentifier's OCTET STRING; null where there is none.</summary>
    public ReadOnlyMemory<byte>? KeyIdentifier => Find(Oids.SubjectKeyIdentifier) is { } found
        ? AsnDecoder.ReadOctetString(found.Value.Span, AsnEncodingRules.BER, out _)
        : (ReadOnlyMemory<byte>?)null;

    /// <summary>The parts of a certificate; only the serial number is another.</summary>
    public static CertificateParts Of(ParsedCertificate certificate) => new()
    {
        Version = certificate.Version,
        Issuer = certificate.Issuer.Der,
        Validity = (certificate.NotBefore, certificate.NotAfter),
        Subject = certificate.Subject.Der,
        Key = certificate.SubjectPublicKeyInfo,
        Extensions = certificate.Extensions,
        Digest = certificate.SignatureAlgorithm.Hash.Name switch
        {
            "SHA384" => DigestAlgorithm.Sha384,
            "SHA512" => DigestAlgorithm.Sha512,
            _ => DigestAlgorithm.Sha256,
        },
    };

    /// <summary>The extension of that kind, or null.</summary>
    public ParsedExtension? Find(string oid) => Extensions.FirstOrDefault(extension => extension.Oid == oid);

    /// <summary>Without the extension of that kind.</summary>
    public CertificateParts Without(string oid) => this with { Extensions = Extensions.RemoveAll(extension => extension.Oid == oid) };

    /// <summary>With an extension, in place of the one of that kind.</summary>
    public CertificateParts With(PlannedExtension extension, ReadOnlyMemory<byte>? authority = null)
    {
        byte[] value = ExtensionEncoder.Encode(extension, new KeyIdentifiers(SubjectPublicKeys.Identifier(Key.Span), authority ?? ReadOnlyMemory<byte>.Empty))!;
        var written = new ParsedExtension(ExtensionEncoder.OidOf(extension), extension.IsCritical, value);
        int place = Extensions.IndexOf(Find(written.Oid)!);
        return this with { Version = 3, Extensions = place < 0 ? Extensions.Add(written) : Extensions.SetItem(place, written) };
    }

    /// <summary>Below another authority: with its name and, where this has an authorityKeyIdentifier, its key's.</summary>
    public CertificateParts Below(CertificateParts issuer)
    {
        CertificateParts below = this with { Issuer = issuer.Subject };
        return Find(Oids.AuthorityKeyIdentifier) is null ? below
            : issuer.KeyIdentifier is { } identifier ? below.With(new PlannedExtension.AuthorityKeyIdentifier(), identifier)
            : below.Without(Oids.AuthorityKeyIdentifier);
    }

    /// <summary>With another key of the subject's.</summary>
    public CertificateParts WithKey(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        CertificateParts other = this with { Key = subjectPublicKeyInfo };
        return Find(Oids.SubjectKeyIdentifier) is null ? other : other.With(new PlannedExtension.SubjectKeyIdentifier());
    }

    /// <summary>The certificate, signed.</summary>
    /// <returns>DER.</returns>
    public byte[] SignedBy(PrivateKey signer)
    {
        var algorithm = SignatureAlgorithm.For(signer.Algorithm, Digest);
        byte[] toBeSigned = ToBeSigned(algorithm.Encoded);
        return NativeIssuer.Complete(toBeSigned, algorithm.Encoded, signer.Sign(toBeSigned, Digest));
    }

    /// <summary>The certificate with a digest that nobody should sign with any more.</summary>
    /// <returns>DER; null where a key of that kind does not sign with that digest.</returns>
    public byte[]? WeaklySignedBy(PrivateKey signer, HashAlgorithmName hash)
    {
        if (SignatureAlgorithm.For(signer.Algorithm, hash) is not { } algorithm)
        {
            return null;
        }

        byte[] toBeSigned = ToBeSigned(algorithm.Encoded);
        byte[] pkcs8 = signer.ExportPkcs8();
        try
        {
            return NativeIssuer.Complete(toBeSigned, algorithm.Encoded, algorithm.Sign(pkcs8, toBeSigned));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static byte[] NewSerial()
    {
        byte[] serial = RandomBytes.Draw(SerialLength);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        return serial;
    }

    private byte[] ToBeSigned(ReadOnlyMemory<byte> algorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (Version != 1)
            {
                using (writer.PushSequence(s_version))
                {
                    writer.WriteInteger(Version - 1);
                }
            }

            writer.WriteInteger(Serial.Span);
            writer.WriteEncodedValue(algorithm.Span);
            writer.WriteEncodedValue(Issuer.Span);
            writer.WriteEncodedValue(CertificateEncoder.EncodeValidity(Validity.From, Validity.Until));
            writer.WriteEncodedValue(Subject.Span);
            writer.WriteEncodedValue(Key.Span);
            if (Version != 1)
            {
                using (writer.PushSequence(s_extensions))
                using (writer.PushSequence())
                {
                    foreach (ParsedExtension extension in Extensions)
                    {
                        ExtensionEncoder.Write(
                            writer, new PlannedExtension.Custom(extension.Oid, extension.IsCritical, [.. extension.Value.Span]), default, number: null);
                    }
                }
            }
        }

        return writer.Encode();
    }
}
