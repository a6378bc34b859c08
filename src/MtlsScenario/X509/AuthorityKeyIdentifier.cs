using System.Formats.Asn1;

namespace MtlsScenario.X509;

/// <summary>What a certificate says of its issuer's (RFC 5280 section 4.2.1.1).</summary>
/// <param name="KeyIdentifier">Its subjectKeyIdentifier, or null.</param>
/// <param name="Issuer">The name of its own issuer, DER, where that is a directoryName; or null.</param>
/// <param name="Serial">Its serial number as an INTEGER has it, or null.</param>
internal sealed record AuthorityKeyIdentifier(ReadOnlyMemory<byte>? KeyIdentifier, ReadOnlyMemory<byte>? Issuer, ReadOnlyMemory<byte>? Serial)
{
    /// <summary>The extension of a certificate; null where there is none, or none that can be read.</summary>
    public static AuthorityKeyIdentifier? Of(ParsedCertificate certificate)
    {
        if (certificate.Find(Oids.AuthorityKeyIdentifier) is not { } extension)
        {
            return null;
        }

        try
        {
            AsnReader reader = new AsnReader(extension.Value, AsnEncodingRules.BER).ReadSequence();
            ReadOnlyMemory<byte>? key = null, issuer = null, serial = null;
            while (reader.HasData)
            {
                switch (reader.PeekTag().TagValue)
                {
                    case 0:
                        key = reader.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
                        break;
                    case 1:
                        AsnReader names = reader.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1));
                        var directoryName = new Asn1Tag(TagClass.ContextSpecific, 4, isConstructed: true);
                        issuer = names.PeekTag().HasSameClassAndValue(directoryName) ? names.ReadSequence(directoryName).ReadEncodedValue() : null;
                        break;
                    default:
                        serial = reader.ReadIntegerBytes(new Asn1Tag(TagClass.ContextSpecific, 2));
                        break;
                }
            }

            return new AuthorityKeyIdentifier(key, issuer, serial);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
