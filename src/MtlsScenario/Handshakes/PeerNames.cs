using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Handshakes;

/// <summary>The names that a certificate gives its subject, whoever made it.</summary>
/// <param name="Subject">The subject, to be displayed.</param>
/// <param name="CommonNames">The values of its common names, in order.</param>
/// <param name="AlternativeNames">The subject alternative names of the kinds that a scenario knows, in order.</param>
internal sealed record PeerNames(
    string Subject, ImmutableArray<string> CommonNames, ImmutableArray<GeneralName> AlternativeNames)
{
    private const int MailTag = 1;
    private const int DnsTag = 2;
    private const int UriTag = 6;
    private const int AddressTag = 7;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding s_ascii = Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>
    /// Reads the names. Common names of which one is malformed or of another type than text are none, and so are subject
    /// alternative names: they match nothing.
    /// </summary>
    public static PeerNames Of(X509Certificate2 certificate) => Of(
        certificate.Subject,
        certificate.SubjectName.RawData,
        certificate.Extensions.Where(extension => extension.Oid?.Value == Oids.SubjectAltName).Select(extension => (ReadOnlyMemory<byte>)extension.RawData));

    /// <inheritdoc cref="Of(X509Certificate2)"/>
    public static PeerNames Of(ParsedCertificate certificate) => Of(
        certificate.Subject.ToString(),
        certificate.Subject.Der,
        certificate.Extensions.Where(extension => extension.Oid == Oids.SubjectAltName).Select(extension => extension.Value));

    private static PeerNames Of(string shown, ReadOnlyMemory<byte> subject, IEnumerable<ReadOnlyMemory<byte>> alternatives) =>
        new(shown, Sound(() => ReadCommonNames(subject)), Sound(() => ReadAlternativeNames([.. alternatives])));

    /// <summary>All or nothing: a name that cannot be read must not make another one the only one.</summary>
    private static ImmutableArray<T> Sound<T>(Func<ImmutableArray<T>> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is AsnContentException or DecoderFallbackException)
        {
            return [];
        }
    }

    private static ImmutableArray<string> ReadCommonNames(ReadOnlyMemory<byte> name)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        AsnReader relativeNames = Sequence(name);
        while (relativeNames.HasData)
        {
            AsnReader attributes = relativeNames.ReadSetOf(skipSortOrderValidation: true);
            while (attributes.HasData)
            {
                AsnReader attribute = attributes.ReadSequence();
                if (attribute.ReadObjectIdentifier() == AttributeType.CommonName.Oid)
                {
                    values.Add(ReadText(attribute));
                }
            }
        }

        return values.ToImmutable();
    }

    /// <summary>UTF-8 where it is said to be that, and ASCII in the older types, where some take other bytes for Latin-1 and some for UTF-8.</summary>
    private static string ReadText(AsnReader attribute)
    {
        Asn1Tag tag = attribute.PeekTag();
        bool isText = tag.TagClass == TagClass.Universal && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UTF8String
            or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
            or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString;
        if (!isText || !attribute.TryReadPrimitiveCharacterStringBytes(tag, out ReadOnlyMemory<byte> text))
        {
            throw new AsnContentException();
        }

        Encoding encoding = tag.TagValue == (int)UniversalTagNumber.UTF8String ? s_utf8 : s_ascii;
        return encoding.GetString(text.Span);
    }

    private static ImmutableArray<GeneralName> ReadAlternativeNames(ImmutableArray<ReadOnlyMemory<byte>> extensions)
    {
        if (extensions is not [var only])
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<GeneralName>();
        AsnReader list = Sequence(only);
        while (list.HasData)
        {
            if (ReadAlternativeName(list) is { } name)
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }

    private static GeneralName? ReadAlternativeName(AsnReader list)
    {
        Asn1Tag tag = list.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
        {
            throw new AsnContentException();
        }

        switch (tag.TagValue)
        {
            case MailTag:
                return new GeneralName(GeneralNameKind.Email, list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            case DnsTag:
                return new GeneralName(GeneralNameKind.Dns, list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            case UriTag:
                return new GeneralName(GeneralNameKind.Uri, list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            case AddressTag:
                return list.ReadOctetString(tag) is { Length: 4 or 16 } address
                    ? new GeneralName(GeneralNameKind.IpAddress, new IPAddress(address).ToString())
                    : throw new AsnContentException();
            default:
                list.ReadEncodedValue();
                return null;
        }
    }

    /// <summary>The sequence that is all of the value.</summary>
    private static AsnReader Sequence(ReadOnlyMemory<byte> value)
    {
        var whole = new AsnReader(value, AsnEncodingRules.DER);
        AsnReader sequence = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        return sequence;
    }
}
