using System.Formats.Asn1;
using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>Writes general names and subtrees of them in DER (RFC 5280 sections 4.2.1.6 and 4.2.1.10).</summary>
internal static class GeneralNameEncoder
{
    /// <summary>One GeneralName.</summary>
    public static void Write(AsnWriter writer, GeneralNameKind kind, string value)
    {
        Asn1Tag tag = TagOf(kind);
        if (kind == GeneralNameKind.IpAddress)
        {
            writer.WriteOctetString(IPAddress.Parse(value).GetAddressBytes(), tag);
        }
        else
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, value, tag);
        }
    }

    /// <summary>One GeneralSubtree; an IP range as the address and the mask.</summary>
    public static void Write(AsnWriter writer, GeneralSubtree subtree)
    {
        using (writer.PushSequence())
        {
            if (subtree.Kind == GeneralNameKind.IpAddress)
            {
                (byte[] address, byte[] mask) = AddressRange.Read(subtree.Base);
                writer.WriteOctetString([.. address, .. mask], TagOf(subtree.Kind));
            }
            else
            {
                Write(writer, subtree.Kind, subtree.Base);
            }
        }
    }

    private static Asn1Tag TagOf(GeneralNameKind kind) => new(TagClass.ContextSpecific, kind switch
    {
        GeneralNameKind.Email => 1,
        GeneralNameKind.Dns => 2,
        GeneralNameKind.Uri => 6,
        GeneralNameKind.IpAddress => 7,
        _ => throw new System.Diagnostics.UnreachableException(),
    });
}
