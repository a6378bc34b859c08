using System.Formats.Asn1;

namespace MtlsScenario.X509;

/// <summary>Tells by its outline what a file of bare DER holds.</summary>
internal static class DerContent
{
    /// <summary>The label of a PKCS#12 file. PEM has none for it, since nobody writes it so.</summary>
    public const string Pkcs12 = "PKCS12";

    private const string Pkcs7Data = "1.2.840.113549.1.7.1";
    private const string Pkcs7SignedData = "1.2.840.113549.1.7.2";
    private const string Sequence = "sequence";
    private const string Integer = "integer";

    /// <summary>The PEM label that the content would have, or null where it is none of those that are known here.</summary>
    public static string? LabelOf(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span is not [0x30, ..])
        {
            return null;
        }

        try
        {
            AsnReader outer = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            (string first, AsnReader inner) = Outline(outer);
            string second = outer.HasData ? Outline(outer).Kind : "nothing";
            return (first, second) switch
            {
                // PFX ::= SEQUENCE { version, authSafe ContentInfo, … } (RFC 7292)
                (Integer, Pkcs7Data or Pkcs7SignedData) => Pkcs12,
                (Pkcs7SignedData, _) => "PKCS7",

                // RFC 5208: version, algorithm, key; RFC 8017: version, modulus; RFC 5915: version, key.
                (Integer, not Sequence and not Integer and not "octets") => Pem.PrivateKey,
                (Integer, Integer) => Pem.Pkcs1,
                (Integer, "octets") => Pem.Sec1,
                (not Integer and not Sequence, "octets") => Pem.EncryptedPrivateKey,

                // CertificationRequestInfo begins with its version (RFC 2986); what else is signed with an algorithm is a CRL.
                (Sequence, not Sequence and not Integer) when inner.HasData && inner.PeekTag() == Asn1Tag.Integer => "CERTIFICATE REQUEST",
                _ => null,
            };
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>What stands next; of a sequence that begins with an object identifier, that identifier.</summary>
    private static (string Kind, AsnReader Inner) Outline(AsnReader reader)
    {
        Asn1Tag tag = reader.PeekTag();
        ReadOnlyMemory<byte> value = reader.ReadEncodedValue();
        var inner = new AsnReader(value, AsnEncodingRules.BER);
        if (tag != Asn1Tag.Sequence)
        {
            string kind = tag == Asn1Tag.Integer ? Integer
                : tag.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) ? "octets"
                : tag == Asn1Tag.ObjectIdentifier ? inner.ReadObjectIdentifier()
                : "other";
            return (kind, inner);
        }

        inner = inner.ReadSequence();
        return inner.HasData && inner.PeekTag() == Asn1Tag.ObjectIdentifier
            ? (inner.ReadObjectIdentifier(), inner)
            : (Sequence, inner);
    }
}
