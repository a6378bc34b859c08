using System.Formats.Asn1;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>Writes distinguished names and general names in DER (RFC 5280 sections 4.1.2.4 and 4.2.1.6).</summary>
internal static class NameEncoder
{
    /// <summary>A Name: the RDNs in their order, the attributes of each as a sorted SET OF.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="name">The name.</param>
    /// <param name="number">The number of the replica, or null.</param>
    public static void Write(AsnWriter writer, DistinguishedName name, int? number = null)
    {
        using (writer.PushSequence())
        {
            foreach (RelativeDistinguishedName relative in name.RelativeNames)
            {
                using (writer.PushSetOf())
                {
                    foreach (AttributeTypeAndValue attribute in relative.Attributes)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(attribute.Type.Oid);
                            writer.WriteCharacterString(TagOf(attribute.Type.StringType), Replication.Fill(attribute.Value, number));
                        }
                    }
                }
            }
        }
    }

    /// <summary>The DER of a Name.</summary>
    public static byte[] Encode(DistinguishedName name, int? number = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        Write(writer, name, number);
        return writer.Encode();
    }

    /// <summary>Whether the name has a part that differs from replica to replica.</summary>
    public static bool Varies(DistinguishedName name) => name.RelativeNames.Any(
        relative => relative.Attributes.Any(attribute => Replication.IsIn(attribute.Value)));

    private static UniversalTagNumber TagOf(NameStringType type) => type switch
    {
        NameStringType.Utf8 => UniversalTagNumber.UTF8String,
        NameStringType.Printable => UniversalTagNumber.PrintableString,
        NameStringType.Ia5 => UniversalTagNumber.IA5String,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
