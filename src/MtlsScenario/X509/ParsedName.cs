using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>A distinguished name as it stands in a certificate.</summary>
/// <param name="Der">The Name, DER.</param>
/// <param name="RelativeNames">The RDNs, each with its attributes, in the order of the certificate.</param>
internal sealed record ParsedName(
    ReadOnlyMemory<byte> Der, ImmutableArray<ImmutableArray<ParsedAttribute>> RelativeNames)
{
    /// <summary>The values of the common names, in order.</summary>
    public IEnumerable<string> CommonNames =>
        from relative in RelativeNames
        from attribute in relative
        where attribute.Oid == AttributeType.CommonName.Oid
        select attribute.Value;

    /// <summary>Reads a Name.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static ParsedName Read(ReadOnlyMemory<byte> der)
    {
        AsnReader sequence = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        var names = ImmutableArray.CreateBuilder<ImmutableArray<ParsedAttribute>>();
        while (sequence.HasData)
        {
            AsnReader set = sequence.ReadSetOf(skipSortOrderValidation: true);
            var attributes = ImmutableArray.CreateBuilder<ParsedAttribute>();
            while (set.HasData)
            {
                AsnReader attribute = set.ReadSequence();
                attributes.Add(new ParsedAttribute(attribute.ReadObjectIdentifier(), ReadText(attribute)));
            }

            names.Add(attributes.ToImmutable());
        }

        return new ParsedName(der, names.ToImmutable());
    }

    /// <summary>Whether the two names are the same bytes.</summary>
    public bool Equals(ParsedName? other) => other is not null && Der.Span.SequenceEqual(other.Der.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Der.Span);
        return hash.ToHashCode();
    }

    /// <summary>The slash form of <see cref="DistinguishedName.ToString"/>; unknown attributes by object identifier.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ImmutableArray<ParsedAttribute> relative in RelativeNames)
        {
            char separator = '/';
            foreach (ParsedAttribute attribute in relative)
            {
                text.Append(separator).Append(AttributeType.FindByOid(attribute.Oid)?.ShortName ?? attribute.Oid).Append('=');
                foreach (char character in attribute.Value)
                {
                    if (character is '/' or '+' or '=' or '\\')
                    {
                        text.Append('\\');
                    }

                    text.Append(character);
                }

                separator = '+';
            }
        }

        return text.ToString();
    }

    private static string ReadText(AsnReader attribute)
    {
        ReadOnlyMemory<byte> value = attribute.PeekEncodedValue();
        Asn1Tag tag = attribute.PeekTag();
        if (tag.TagClass == TagClass.Universal)
        {
            try
            {
                switch ((UniversalTagNumber)tag.TagValue)
                {
                    case UniversalTagNumber.T61String:
                        // Nobody writes T.61 in it; Latin-1 is what is found.
                        attribute.TryReadPrimitiveCharacterStringBytes(tag, out ReadOnlyMemory<byte> bytes);
                        return Encoding.Latin1.GetString(bytes.Span);
                    case UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
                        or UniversalTagNumber.IA5String or UniversalTagNumber.NumericString
                        or UniversalTagNumber.VisibleString or UniversalTagNumber.BMPString:
                        return attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue);
                }
            }
            catch (AsnContentException)
            {
                // A string with characters that its type does not have is shown as what it is: bytes.
            }
        }

        return "#" + Convert.ToHexString(value.Span);
    }
}

/// <summary>An attribute of a name as it stands in a certificate.</summary>
/// <param name="Oid">Its object identifier in dotted form.</param>
/// <param name="Value">Its text; of a value that is no string, <c>#</c> and its DER in hex (RFC 4514 section 2.4).</param>
internal sealed record ParsedAttribute(string Oid, string Value);
