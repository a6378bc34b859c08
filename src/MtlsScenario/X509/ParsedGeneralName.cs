using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.X509;

/// <summary>A GeneralName as it stands in a certificate (RFC 5280 section 4.2.1.6).</summary>
/// <param name="Kind">The word for its kind: a scenario's where that has one, otherwise RFC 5280's.</param>
/// <param name="Value">Its value; of a kind that is not text, its bytes in hex.</param>
internal sealed record ParsedGeneralName(string Kind, string Value)
{
    /// <summary>Reads GeneralNames, the SEQUENCE of them.</summary>
    /// <exception cref="AsnContentException">It is damaged.</exception>
    public static ImmutableArray<ParsedGeneralName> ReadList(AsnReader reader, Asn1Tag? tag = null)
    {
        AsnReader list = reader.ReadSequence(tag);
        var names = ImmutableArray.CreateBuilder<ParsedGeneralName>();
        while (list.HasData)
        {
            names.Add(Read(list, isSubtree: false));
        }

        return names.ToImmutable();
    }

    /// <summary>Reads the base of a GeneralSubtree, in which an address has its mask behind it.</summary>
    /// <exception cref="AsnContentException">It is damaged.</exception>
    public static ParsedGeneralName ReadSubtree(AsnReader subtree) => Read(subtree, isSubtree: true);

    /// <summary>The typed form: <c>dns:localhost</c>.</summary>
    public override string ToString() => $"{Kind}:{Value}";

    /// <summary>Without the kind, where a scenario would read that kind from the value.</summary>
    public string ToShortString() => KindRead == Kind ? Value : ToString();

    private string KindRead => Value switch
    {
        _ when IPAddress.TryParse(Value, out _) => "ip",
        _ when Value.Contains("://", StringComparison.Ordinal) => "uri",
        _ when Value.Contains('@', StringComparison.Ordinal) => "email",
        _ => "dns",
    };

    private static ParsedGeneralName Read(AsnReader reader, bool isSubtree)
    {
        Asn1Tag tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
        {
            throw new AsnContentException("There is something among the names that is none.");
        }

        return tag.TagValue switch
        {
            1 => new("email", ReadText(reader, tag)),
            2 => new("dns", ReadText(reader, tag)),
            4 => new("directoryName", ParsedName.Read(reader.ReadSequence(tag).ReadEncodedValue()).ToString()),
            6 => new("uri", ReadText(reader, tag)),
            7 => new("ip", Address(reader.ReadOctetString(tag), isSubtree)),
            8 => new("registeredID", reader.ReadObjectIdentifier(tag)),
            _ => new(KindOf(tag.TagValue), "#" + Convert.ToHexString(reader.ReadEncodedValue().Span)),
        };
    }

    private static string KindOf(int tag) => tag switch
    {
        0 => "otherName",
        3 => "x400Address",
        5 => "ediPartyName",
        _ => throw new AsnContentException("There is something among the names that is none."),
    };

    /// <summary>Whatever the bytes are: a name that is not ASCII shall be seen.</summary>
    private static string ReadText(AsnReader reader, Asn1Tag tag) =>
        reader.TryReadPrimitiveCharacterStringBytes(tag, out ReadOnlyMemory<byte> bytes)
            ? Encoding.Latin1.GetString(bytes.Span)
            : throw new AsnContentException("A name is in parts.");

    private static string Address(byte[] bytes, bool isSubtree) => (bytes.Length, isSubtree) switch
    {
        (4 or 16, false) => new IPAddress(bytes).ToString(),
        (8 or 32, true) => Range(bytes[..(bytes.Length / 2)], bytes[(bytes.Length / 2)..]),
        _ => "#" + Convert.ToHexString(bytes),
    };

    private static string Range(byte[] address, byte[] mask)
    {
        int prefix = mask.Sum(part => BitOperations.PopCount(part));
        bool isPrefix = AddressRange.Mask(mask.Length, prefix).AsSpan().SequenceEqual(mask);
        return isPrefix
            ? string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(address)}/{prefix}")
            : $"{new IPAddress(address)}/{new IPAddress(mask)}";
    }
}
