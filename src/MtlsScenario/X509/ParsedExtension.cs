using System.Collections.Immutable;
using System.Formats.Asn1;

namespace MtlsScenario.X509;

/// <summary>An extension as it stands in a certificate, or in a request for one.</summary>
/// <param name="Oid">Its object identifier in dotted form.</param>
/// <param name="IsCritical">Whether it is marked critical.</param>
/// <param name="Value">What its OCTET STRING holds.</param>
internal sealed record ParsedExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>Reads what is inside an Extensions (RFC 5280 section 4.1).</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static ImmutableArray<ParsedExtension> ReadAll(AsnReader list)
    {
        var extensions = ImmutableArray.CreateBuilder<ParsedExtension>();
        while (list.HasData)
        {
            AsnReader extension = list.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            extensions.Add(new ParsedExtension(oid, isCritical, extension.ReadOctetString()));
            extension.ThrowIfNotEmpty();
        }

        return extensions.ToImmutable();
    }
}
