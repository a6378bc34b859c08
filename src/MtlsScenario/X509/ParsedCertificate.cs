using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;

namespace MtlsScenario.X509;

/// <summary>
/// Any X.509 certificate, whoever made it, in the parts that RFC 5280 section 4.1 names. It says what is there, and
/// judges nothing but the form.
/// </summary>
internal sealed class ParsedCertificate
{
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private readonly ReadOnlyMemory<byte> _innerSignatureAlgorithm;

    private ParsedCertificate(ReadOnlyMemory<byte> der)
    {
        Der = der;
        var outer = new AsnReader(der, AsnEncodingRules.BER);
        AsnReader certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        TbsCertificate = certificate.PeekEncodedValue();
        AsnReader tbs = certificate.ReadSequence();
        SignatureAlgorithm = SignatureAlgorithm.Read(certificate.ReadEncodedValue());
        Signature = ReadBits(certificate);
        certificate.ThrowIfNotEmpty();

        Version = 1;
        if (tbs.PeekTag().HasSameClassAndValue(VersionTag))
        {
            AsnReader version = tbs.ReadSequence(VersionTag);
            Version = version.TryReadInt32(out int number) && number is >= 0 and <= 2
                ? number + 1
                : throw new AsnContentException("The version is none of X.509's.");
        }

        SerialBytes = tbs.ReadIntegerBytes();
        _innerSignatureAlgorithm = tbs.ReadEncodedValue();
        Issuer = ParsedName.Read(tbs.ReadEncodedValue());
        AsnReader validity = tbs.ReadSequence();
        NotBefore = AsnTime.Read(validity);
        NotAfter = AsnTime.Read(validity);
        Subject = ParsedName.Read(tbs.ReadEncodedValue());
        SubjectPublicKeyInfo = tbs.ReadEncodedValue();
        SubjectPublicKeys.Bits(SubjectPublicKeyInfo.Span);
        Extensions = ReadExtensions(tbs);
    }

    /// <summary>The whole certificate, DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>1, 2 or 3, as the words go: X.509 v1, v2, v3.</summary>
    public int Version { get; }

    /// <summary>The serial number as its INTEGER has it: big-endian, two's complement.</summary>
    public ReadOnlyMemory<byte> SerialBytes { get; }

    /// <summary>The serial number.</summary>
    public BigInteger SerialNumber => new(SerialBytes.Span, isUnsigned: false, isBigEndian: true);

    /// <summary>The issuer's name.</summary>
    public ParsedName Issuer { get; }

    /// <summary>The subject's name.</summary>
    public ParsedName Subject { get; }

    /// <summary>From when it is valid, UTC, inclusive.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Until when it is valid, UTC, inclusive.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The subject's public key, DER.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>What kind of key that is.</summary>
    public KeyDescription KeyDescription => KeyDescription.Of(SubjectPublicKeyInfo);

    /// <summary>How it is signed.</summary>
    public SignatureAlgorithm SignatureAlgorithm { get; }

    /// <summary>The extensions, in the order of the certificate.</summary>
    public ImmutableArray<ParsedExtension> Extensions { get; }

    /// <summary>What is signed, DER.</summary>
    public ReadOnlyMemory<byte> TbsCertificate { get; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Whether issuer and subject are the same name.</summary>
    public bool IsSelfIssued => Issuer.Equals(Subject);

    /// <summary>Whether it is signed by its own key.</summary>
    public bool IsSelfSigned => IsSelfIssued && IsSignedBy(SubjectPublicKeyInfo);

    /// <summary>SHA-256 of it, in upper-case hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexString(Digests.Sha256(Der.Span));

    /// <summary>Whether its basicConstraints say that it is an authority's; not where they cannot be read.</summary>
    public bool IsAuthority
    {
        get
        {
            try
            {
                return Find(Oids.BasicConstraints) is { } extension
                    && BasicConstraints.Read(new AsnReader(extension.Value, AsnEncodingRules.BER)).IsCa;
            }
            catch (AsnContentException)
            {
                return false;
            }
        }
    }

    /// <summary>The value of subjectKeyIdentifier; null where there is none, or none that can be read.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier
    {
        get
        {
            if (Find(Oids.SubjectKeyIdentifier) is not { } extension)
            {
                return null;
            }

            try
            {
                return new AsnReader(extension.Value, AsnEncodingRules.BER).ReadOctetString();
            }
            catch (AsnContentException)
            {
                return null;
            }
        }
    }

    /// <summary>Reads a certificate from DER.</summary>
    /// <returns>False where the bytes are no certificate, or there are more of them than it has.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out ParsedCertificate? certificate)
    {
        try
        {
            certificate = new ParsedCertificate(der);
            return true;
        }
        catch (AsnContentException)
        {
            certificate = null;
            return false;
        }
    }

    /// <summary>Reads the first certificate of a PEM text, or of DER.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out ParsedCertificate? certificate) =>
        TryParse(Pem.TryDecode(file.Span, Pem.Certificate, out byte[] der) ? der : file, out certificate);

    /// <summary>The first extension of that kind, or null.</summary>
    public ParsedExtension? Find(string oid)
    {
        foreach (ParsedExtension extension in Extensions)
        {
            if (extension.Oid == oid)
            {
                return extension;
            }
        }

        return null;
    }

    /// <summary>Whether the signature is one by that key. What cannot be checked does not count as signed.</summary>
    /// <param name="issuerSubjectPublicKeyInfo">The issuer's public key, DER.</param>
    public bool IsSignedBy(ReadOnlyMemory<byte> issuerSubjectPublicKeyInfo)
    {
        using PublicKey? key = PublicKey.TryRead(issuerSubjectPublicKeyInfo);
        return key is not null && IsSignedBy(key);
    }

    /// <inheritdoc cref="IsSignedBy(ReadOnlyMemory{byte})"/>
    public bool IsSignedBy(PublicKey issuer) =>
        _innerSignatureAlgorithm.Span.SequenceEqual(SignatureAlgorithm.Encoded.Span)
        && issuer.Verifies(TbsCertificate.Span, Signature.Span, SignatureAlgorithm);

    private static ReadOnlyMemory<byte> ReadBits(AsnReader reader)
    {
        byte[] bits = reader.ReadBitString(out int unused);
        return unused == 0 ? bits : throw new AsnContentException("The signature is not whole octets.");
    }

    private static ImmutableArray<ParsedExtension> ReadExtensions(AsnReader tbs)
    {
        // issuerUniqueID and subjectUniqueID, which nobody writes.
        while (tbs.HasData && !tbs.PeekTag().HasSameClassAndValue(ExtensionsTag))
        {
            Asn1Tag tag = tbs.PeekTag();
            if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue is not (1 or 2))
            {
                throw new AsnContentException("There is something in the certificate that X.509 does not have.");
            }

            tbs.ReadEncodedValue();
        }

        if (!tbs.HasData)
        {
            return [];
        }

        AsnReader list = tbs.ReadSequence(ExtensionsTag).ReadSequence();
        tbs.ThrowIfNotEmpty();
        return ParsedExtension.ReadAll(list);
    }
}
