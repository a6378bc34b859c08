using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Revocation;

/// <summary>
/// Any certificate revocation list, whoever made it, in the parts that RFC 5280 section 5.1 names. It says what is there, and
/// judges nothing but the form, which is DER: whoever turns somebody away because of it must not have misread it.
/// </summary>
internal sealed class ParsedCrl
{
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private readonly ReadOnlyMemory<byte> _innerSignatureAlgorithm;
    private readonly HashSet<string> _unknownCritical = new(StringComparer.Ordinal);

    private ParsedCrl(ReadOnlyMemory<byte> der)
    {
        Der = der;
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        AsnReader list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        ToBeSigned = list.PeekEncodedValue();
        AsnReader tbs = list.ReadSequence();
        SignatureAlgorithm = SignatureAlgorithm.Read(list.ReadEncodedValue());
        byte[] signature = list.ReadBitString(out int unused);
        Signature = unused == 0 ? signature : throw new AsnContentException("The signature is not whole octets.");
        list.ThrowIfNotEmpty();

        Version = 1;
        if (tbs.PeekTag() == Asn1Tag.Integer)
        {
            Version = tbs.TryReadInt32(out int number) && number == 1 ? 2 : throw new AsnContentException("The version is none of a CRL's.");
        }

        _innerSignatureAlgorithm = tbs.ReadEncodedValue();
        Issuer = ParsedName.Read(tbs.ReadEncodedValue());
        ThisUpdate = AsnTime.Read(tbs);
        if (tbs.HasData && tbs.PeekTag() is { TagClass: TagClass.Universal, TagValue: (int)UniversalTagNumber.UtcTime or (int)UniversalTagNumber.GeneralizedTime })
        {
            NextUpdate = AsnTime.Read(tbs);
        }

        Entries = tbs.HasData && tbs.PeekTag() == Asn1Tag.Sequence ? ReadEntries(tbs.ReadEncodedValue()) : [];
        Extensions = tbs.HasData ? ReadExtensions(tbs.ReadSequence(ExtensionsTag).ReadSequence()) : [];
        tbs.ThrowIfNotEmpty();
        foreach (ParsedExtension extension in Extensions)
        {
            ReadExtension(extension);
        }
    }

    /// <summary>The whole list, DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>1 or 2, as the words go; v1 has no extensions.</summary>
    public int Version { get; }

    /// <summary>The issuer's name.</summary>
    public ParsedName Issuer { get; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>By when there is a newer one, UTC; null where nothing is said.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Its number; null where it has none.</summary>
    public BigInteger? Number { get; private set; }

    /// <summary>The key identifier in its authorityKeyIdentifier; null where there is none.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; private set; }

    /// <summary>The revoked certificates, in the order of the list.</summary>
    public ImmutableArray<CrlEntry> Entries { get; }

    /// <summary>The extensions of the list, in its order.</summary>
    public ImmutableArray<ParsedExtension> Extensions { get; }

    /// <summary>
    /// The object identifiers of critical extensions, of the list or of its entries, that are not understood here: with one of
    /// them the list tells nothing of any certificate (RFC 5280 sections 5.2 and 5.3). Deltas and partial lists are among them.
    /// </summary>
    public IReadOnlyCollection<string> UnknownCriticalExtensions => _unknownCritical;

    /// <summary>Whether one of them is of an entry.</summary>
    public bool HasUnknownInEntry => _unknownCritical.Any(oid => !Extensions.Any(extension => extension.Oid == oid));

    /// <summary>How it is signed.</summary>
    public SignatureAlgorithm SignatureAlgorithm { get; }

    /// <summary>What is signed, DER.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Reads a list from DER.</summary>
    /// <returns>False where the bytes are no list, or there are more of them than it has.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out ParsedCrl? crl)
    {
        try
        {
            crl = new ParsedCrl(der);
            return true;
        }
        catch (AsnContentException)
        {
            crl = null;
            return false;
        }
    }

    /// <summary>Reads the first list of a PEM text, or of DER.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out ParsedCrl? crl) =>
        TryParse(Pem.TryDecode(file.Span, Pem.Crl, out byte[] der) ? der : file, out crl);

    /// <summary>Reads every list of a PEM text, or the one of DER, in order.</summary>
    /// <returns>The lists; null in place of one that cannot be read.</returns>
    public static IEnumerable<ParsedCrl?> ReadAll(ReadOnlyMemory<byte> file) => file.Span is [0x30, ..]
        ? [TryParse(file, out ParsedCrl? only) ? only : null]
        : Pem.Decode(file).Where(block => block.Label == Pem.Crl).Select(block => TryParse(block.Der, out ParsedCrl? crl) ? crl : null);

    /// <summary>The entry of a certificate; null where it is not on the list.</summary>
    /// <param name="serial">Its serial number, as <see cref="ParsedCertificate.SerialBytes"/> has it.</param>
    public CrlEntry? Find(ReadOnlySpan<byte> serial)
    {
        foreach (ref readonly CrlEntry entry in Entries.AsSpan())
        {
            if (entry.Serial.Span.SequenceEqual(serial))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether the signature is one by that key. What cannot be checked does not count as signed.</summary>
    /// <param name="subjectPublicKeyInfo">The issuer's public key, DER.</param>
    public bool IsSignedBy(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        using PublicKey? key = PublicKey.TryRead(subjectPublicKeyInfo);
        return key is not null
            && _innerSignatureAlgorithm.Span.SequenceEqual(SignatureAlgorithm.Encoded.Span)
            && key.Verifies(ToBeSigned.Span, Signature.Span, SignatureAlgorithm);
    }

    /// <summary>Entry by entry on the bytes themselves: there may be hundreds of thousands.</summary>
    private ImmutableArray<CrlEntry> ReadEntries(ReadOnlyMemory<byte> encoded)
    {
        AsnDecoder.ReadSequence(encoded.Span, AsnEncodingRules.DER, out int start, out int length, out _);
        ReadOnlyMemory<byte> rest = encoded.Slice(start, length);
        var entries = ImmutableArray.CreateBuilder<CrlEntry>();
        while (!rest.IsEmpty)
        {
            AsnDecoder.ReadSequence(rest.Span, AsnEncodingRules.DER, out start, out length, out int consumed);
            entries.Add(ReadEntry(rest.Slice(start, length)));
            rest = rest[consumed..];
        }

        return entries.DrainToImmutable();
    }

    private CrlEntry ReadEntry(ReadOnlyMemory<byte> entry)
    {
        ReadOnlySpan<byte> bytes = entry.Span;
        int length = AsnDecoder.ReadIntegerBytes(bytes, AsnEncodingRules.DER, out int used).Length;
        ReadOnlyMemory<byte> serial = entry.Slice(used - length, length);
        bytes = bytes[used..];
        DateTimeOffset at = Asn1Tag.TryDecode(bytes, out Asn1Tag tag, out _) && tag == Asn1Tag.UtcTime
            ? AsnDecoder.ReadUtcTime(bytes, AsnEncodingRules.DER, out used, AsnTime.LastUtcTimeYear)
            : AsnDecoder.ReadGeneralizedTime(bytes, AsnEncodingRules.DER, out used);
        bytes = bytes[used..];
        RevocationReason? reason = null;
        if (!bytes.IsEmpty)
        {
            var rest = new AsnReader(entry[^bytes.Length..], AsnEncodingRules.DER);
            reason = ReadReason(ReadExtensions(rest.ReadSequence()));
            rest.ThrowIfNotEmpty();
        }

        return new CrlEntry(serial, at, reason);
    }

    private RevocationReason? ReadReason(ImmutableArray<ParsedExtension> extensions)
    {
        RevocationReason? reason = null;
        foreach (ParsedExtension extension in extensions)
        {
            if (extension.Oid == Oids.CrlReason)
            {
                ReadOnlyMemory<byte> value = AsnDecoder.ReadEnumeratedBytes(extension.Value.Span, AsnEncodingRules.DER, out int used).ToArray();
                reason = used == extension.Value.Length && value.Span is [<= 0x7F] ? (RevocationReason)value.Span[0] : throw new AsnContentException("The reason is none.");
            }
            else if (extension.IsCritical && extension.Oid != Oids.InvalidityDate)
            {
                _unknownCritical.Add(extension.Oid);
            }
        }

        return reason;
    }

    private void ReadExtension(ParsedExtension extension)
    {
        var value = new AsnReader(extension.Value, AsnEncodingRules.DER);
        switch (extension.Oid)
        {
            case Oids.CrlNumber:
                Number = value.ReadInteger();
                value.ThrowIfNotEmpty();
                break;
            case Oids.AuthorityKeyIdentifier:
                AsnReader identifier = value.ReadSequence();
                var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
                AuthorityKeyIdentifier = identifier.HasData && identifier.PeekTag() == tag ? identifier.ReadOctetString(tag) : null;
                value.ThrowIfNotEmpty();
                break;
            default:
                if (extension.IsCritical)
                {
                    _unknownCritical.Add(extension.Oid);
                }

                break;
        }
    }

    private ImmutableArray<ParsedExtension> ReadExtensions(AsnReader list)
    {
        ImmutableArray<ParsedExtension> extensions = ParsedExtension.ReadAll(list);
        return Version == 2 && (extensions.Length < 2 || extensions.DistinctBy(extension => extension.Oid).Count() == extensions.Length)
            ? extensions
            : throw new AsnContentException("The list is of version 1 and has extensions, or it has one twice.");
    }
}
