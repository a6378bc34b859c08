using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>The names that a certificate gives its subject, whoever made it.</summary>
/// <param name="Subject">The subject as .NET prints it.</param>
/// <param name="CommonNames">The values of its common names, in order.</param>
/// <param name="AlternativeNames">The subject alternative names of the kinds that a scenario knows, in order.</param>
internal sealed record PeerNames(
    string Subject, ImmutableArray<string> CommonNames, ImmutableArray<GeneralName> AlternativeNames)
{
    private const string SubjectAltName = "2.5.29.17";
    private const int MailTag = 1;
    private const int DnsTag = 2;
    private const int UriTag = 6;
    private const int AddressTag = 7;

    /// <summary>Reads the names; what cannot be read is left out, so that it matches nothing.</summary>
    public static PeerNames Of(X509Certificate2 certificate) => new(
        certificate.Subject, ReadCommonNames(certificate.SubjectName.RawData), ReadAlternativeNames(certificate));

    private static ImmutableArray<string> ReadCommonNames(byte[] name)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        try
        {
            AsnReader relativeNames = new AsnReader(name, AsnEncodingRules.BER).ReadSequence();
            while (relativeNames.HasData)
            {
                AsnReader attributes = relativeNames.ReadSetOf(skipSortOrderValidation: true);
                while (attributes.HasData)
                {
                    AsnReader attribute = attributes.ReadSequence();
                    if (attribute.ReadObjectIdentifier() == AttributeType.CommonName.Oid)
                    {
                        values.Add(attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue));
                    }
                }
            }
        }
        catch (Exception exception) when (exception is AsnContentException or ArgumentOutOfRangeException)
        {
            // A common name that cannot be read must not make another one the only one.
            return [];
        }

        return values.ToImmutable();
    }

    private static ImmutableArray<GeneralName> ReadAlternativeNames(X509Certificate2 certificate)
    {
        if (certificate.Extensions[SubjectAltName] is not { } extension)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<GeneralName>();
        try
        {
            AsnReader list = new AsnReader(extension.RawData, AsnEncodingRules.BER).ReadSequence();
            while (list.HasData)
            {
                if (ReadAlternativeName(list) is { } name)
                {
                    names.Add(name);
                }
            }
        }
        catch (AsnContentException)
        {
            return [];
        }

        return names.ToImmutable();
    }

    private static GeneralName? ReadAlternativeName(AsnReader list)
    {
        Asn1Tag tag = list.PeekTag();
        switch (tag.TagValue)
        {
            case MailTag:
                return new GeneralName(GeneralNameKind.Email, list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            case DnsTag:
                return new GeneralName(GeneralNameKind.Dns, list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            case UriTag:
                return new GeneralName(GeneralNameKind.Uri, list.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            case AddressTag when list.ReadOctetString(tag) is { Length: 4 or 16 } address:
                return new GeneralName(GeneralNameKind.IpAddress, new IPAddress(address).ToString());
            case AddressTag:
                return null;
            default:
                list.ReadEncodedValue();
                return null;
        }
    }
}
