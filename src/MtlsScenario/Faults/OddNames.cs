using System.Formats.Asn1;
using System.Text;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Faults;

/// <summary>Names that different readers read differently.</summary>
internal static class OddNames
{
    private static readonly Asn1Tag s_dns = new(TagClass.ContextSpecific, 2);

    /// <summary>The name with other common names in place of its own, each with its type of string and at most 255 bytes.</summary>
    /// <returns>DER.</returns>
    public static byte[] WithCommonNames(ReadOnlyMemory<byte> name, params (UniversalTagNumber Type, byte[] Text)[] values)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            AsnReader relatives = new AsnReader(name, AsnEncodingRules.BER).ReadSequence();
            while (relatives.HasData)
            {
                ReadOnlyMemory<byte> relative = relatives.ReadEncodedValue();
                if (!IsCommonName(relative))
                {
                    writer.WriteEncodedValue(relative.Span);
                }
            }

            foreach ((UniversalTagNumber type, byte[] text) in values)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(AttributeType.CommonName.Oid);
                    writer.WriteEncodedValue([(byte)type, .. text.Length < 0x80 ? [] : (byte[])[0x81], (byte)text.Length, .. text]);
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>The bytes of a string of ASCII.</summary>
    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>A subjectAltName with one dNSName of any bytes, the value of the extension.</summary>
    public static ParsedExtension AlternativeName(string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Ascii(text), s_dns);
        }

        return new ParsedExtension(Oids.SubjectAltName, IsCritical: false, writer.Encode());
    }

    /// <summary>The last common name, or a stand-in.</summary>
    public static string CommonName(ReadOnlyMemory<byte> name) => ParsedName.Read(name).CommonNames.LastOrDefault() ?? "client";

    private static bool IsCommonName(ReadOnlyMemory<byte> relative)
    {
        AsnReader set = new AsnReader(relative, AsnEncodingRules.BER).ReadSetOf(skipSortOrderValidation: true);
        return set.ReadSequence().ReadObjectIdentifier() == AttributeType.CommonName.Oid;
    }
}
