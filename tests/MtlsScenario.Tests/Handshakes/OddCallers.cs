using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Net;
using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>Callers with usual and with odd names, and the entries of <c>admits</c> that they are held against.</summary>
internal static class OddCallers
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";
    private const int Mail = 1;
    private const int Dns = 2;
    private const int Uri = 6;
    private const int Address = 7;

    /// <summary>The entries, those for common names first.</summary>
    public static ImmutableArray<AdmissionPattern> Entries { get; } =
    [
        new(null, "amy"),
        new(null, "*"),
        new(null, "*.clients.example"),
        new(null, "Äpfel, \"und\" $Birnen"),
        new(GeneralNameKind.Dns, "amy.example"),
        new(GeneralNameKind.Dns, "*.example"),
        new(GeneralNameKind.Email, "amy@mail.example"),
        new(GeneralNameKind.Email, "amy@*.example"),
        new(GeneralNameKind.IpAddress, "10.0.0.1"),
        new(GeneralNameKind.IpAddress, "2001:db8::1"),
        new(GeneralNameKind.Uri, "spiffe://mesh.example/ns/*/amy"),
        new(GeneralNameKind.Uri, "spiffe://*.example/amy"),
        new(GeneralNameKind.Uri, "urn:amy/*"),
        new(GeneralNameKind.Uri, "https://Amy@mesh.example/a%2Fb"),
    ];

    /// <summary>The callers, each by what is odd about it.</summary>
    public static ImmutableArray<OddCaller> All { get; } =
    [
        .. new[]
        {
            "amy", "Amy", "amy ", "amy\0.evil.example", "amy\n", "\namy", "amy/x", "amy,CN=x", "amy+x", "x.clients.example", "x_1-y.clients.example",
            ".clients.example", "a.b.clients.example", "*.clients.example", "*", "%2e%2e.clients.example", "a/b.clients.example", "a@b.clients.example",
            "a b.clients.example", "a,b.clients.example", "a\\b.clients.example", "a\0b.clients.example", "x.clients.example\0", "ä.clients.example", "x.CLIENTS.example",
            "Äpfel, \"und\" $Birnen",
        }.Select(name => Named($"CN {Visible(name)}", Name((CommonName, Text(UniversalTagNumber.UTF8String, name))))),
        Named("CN amy, after O", Name((Organization, Utf8("Acme")), (CommonName, Utf8("amy")))),
        Named("CN amy, before O", Name((CommonName, Utf8("amy")), (Organization, Utf8("Acme")))),
        Named("CN amy beside O", OneSet((CommonName, Utf8("amy")), (Organization, Utf8("Acme")))),
        Named("CN amy and CN eve", Name((CommonName, Utf8("amy")), (CommonName, Utf8("eve")))),
        Named("CN eve and CN amy", Name((CommonName, Utf8("eve")), (CommonName, Utf8("amy")))),
        Named("CN amy twice", Name((CommonName, Utf8("amy")), (CommonName, Utf8("amy")))),
        Named("CN amy beside CN eve", OneSet((CommonName, Utf8("amy")), (CommonName, Utf8("eve")))),
        Named("CN eve, O x,CN=amy", Name((Organization, Utf8("x,CN=amy")), (CommonName, Utf8("eve")))),
        Named("CN eve, O x/CN=amy", Name((Organization, Utf8("x/CN=amy")), (CommonName, Utf8("eve")))),
        Named("CN eve, O a line and CN=amy", Name((Organization, Utf8("x\nCN=amy")), (CommonName, Utf8("eve")))),
        Named("O amy", Name((Organization, Utf8("amy")))),
        Named("no name at all", Name()),
        Named("CN amy, PrintableString", Name((CommonName, Text(UniversalTagNumber.PrintableString, "amy")))),
        Named("CN amy, IA5String", Name((CommonName, Text(UniversalTagNumber.IA5String, "amy")))),
        Named("CN amy, T61String", Name((CommonName, Raw(UniversalTagNumber.T61String, "amy"u8)))),
        Named("CN amy, BMPString", Name((CommonName, Text(UniversalTagNumber.BMPString, "amy")))),
        Named("CN amy, BMPString, O x/CN=amy", Name((Organization, Utf8("x/CN=amy")), (CommonName, Text(UniversalTagNumber.BMPString, "amy")))),
        Named("CN amy, UniversalString", Name((CommonName, Raw(UniversalTagNumber.UniversalString, [0, 0, 0, (byte)'a', 0, 0, 0, (byte)'m', 0, 0, 0, (byte)'y'])))),
        Named("CN amy, BIT STRING", Name((CommonName, Raw(UniversalTagNumber.BitString, [0, .. "amy"u8])))),
        Named("CN Äpfel…, T61String of Latin-1", Name((CommonName, Raw(UniversalTagNumber.T61String, Encoding.Latin1.GetBytes("Äpfel, \"und\" $Birnen"))))),
        Named("CN Äpfel…, T61String of UTF-8", Name((CommonName, Raw(UniversalTagNumber.T61String, Encoding.UTF8.GetBytes("Äpfel, \"und\" $Birnen"))))),
        .. new[]
        {
            "amy.example", "AMY.Example", "amy.example.", "amy.example\0.evil.test", "*.example", "a.b.example", ".example", "a b.example", "a_b.example", "a,b.example", "a%2e.example",
        }.Select(name => Typed(Dns, name)),
        .. new[]
        {
            "amy@mail.example", "Amy@mail.example", "amy@MAIL.example", "amy@x.example", "amy@a.b.example", "x@amy@mail.example", "amy@", "amy@*.example",
        }.Select(name => Typed(Mail, name)),
        .. new[]
        {
            "spiffe://mesh.example/ns/prod/amy", "SPIFFE://Mesh.Example/ns/a.b~c_d-1/amy", "spiffe://mesh.example/NS/prod/amy", "spiffe://mesh.example/ns/a/b/amy",
            "spiffe://mesh.example/ns//amy", "spiffe://mesh.example/ns/../amy", "spiffe://mesh.example/ns/./amy", "spiffe://mesh.example/ns/.../amy", "spiffe://mesh.example/ns/%2e%2e/amy",
            "spiffe://mesh.example/ns/a%2fb/amy", "spiffe://mesh.example/ns/..;/amy", "spiffe://mesh.example/ns/a;b/amy", "spiffe://mesh.example/ns/\\/amy", "spiffe://mesh.example/ns/a b/amy",
            "spiffe://mesh.example/ns/ /amy", "spiffe://mesh.example/ns/evil%40x/amy", "spiffe://mesh.example/ns/evil@x/amy", "spiffe://mesh.example/ns/a\0b/amy", "spiffe://mesh.example/ns/a,b/amy",
            "spiffe://mesh.example/ns/*/amy", "spiffe://mesh.example/ns/a?b/amy", "spiffe://mesh.example/ns/a#b/amy", "spiffe://mesh.example/ns/a\n/amy", "spiffe://mesh.example/ns/prod/amy\n",
            "x://y/, URI:spiffe://mesh.example/ns/prod/amy", "spiffe://mesh.example/amy", "spiffe://x@evil.example/amy", "spiffe://x:1.example/amy", "spiffe://%65vil.example/amy", "spiffe://a.b.example/amy",
            "urn:amy/x", "urn:amy/%78", "urn:amy/", "https://Amy@mesh.example/a%2Fb", "https://amy@mesh.example/a%2Fb", "https://Amy@MESH.example/a%2Fb", "https://Amy@mesh.example/a%2fb", "https://Amy@mesh.example/a/b",
        }.Select(name => Typed(Uri, name)),
        Alternative("ip 10.0.0.1", Item(Address, IPAddress.Parse("10.0.0.1").GetAddressBytes())),
        Alternative("ip 2001:db8::1", Item(Address, IPAddress.Parse("2001:db8::1").GetAddressBytes())),
        Alternative("ip ::ffff:10.0.0.1", Item(Address, IPAddress.Parse("::ffff:10.0.0.1").GetAddressBytes())),
        Alternative("ip of five bytes, dns amy.example", Item(Address, [10, 0, 0, 1, 0]), Item(Dns, "amy.example"u8)),
        Alternative("dns eve.test, dns amy.example", Item(Dns, "eve.test"u8), Item(Dns, "amy.example"u8)),
        Alternative("dns of bytes beyond ASCII, dns amy.example", Item(Dns, [0xC3, 0xA4]), Item(Dns, "amy.example"u8)),
        Alternative("an otherName, dns amy.example", [0xA0, 8, 6, 2, 0x2A, 3, 0xA0, 2, 5, 0], Item(Dns, "amy.example"u8)),
        Alternative("a constructed dns name, dns amy.example", [0xA2, 3, 0x16, 1, (byte)'x'], Item(Dns, "amy.example"u8)),
        Alternative("an INTEGER, dns amy.example", [2, 1, 1], Item(Dns, "amy.example"u8)),
        After("dns amy.example, bytes after the list", [.. List(Item(Dns, "amy.example"u8)), 0, 0]),
        After("dns amy.example, a second list", [.. List(Item(Dns, "eve.test"u8)), .. List(Item(Dns, "amy.example"u8))]),
        After("dns amy.example, a length in too many bytes", [0x30, 0x81, 13, .. Item(Dns, "amy.example"u8)]),
        After("dns amy.example, a list longer than the extension", [0x30, 20, .. Item(Dns, "amy.example"u8)]),
    ];

    private static byte[] Item(int tag, ReadOnlySpan<byte> content) => [(byte)(0x80 | tag), (byte)content.Length, .. content];

    private static byte[] List(params byte[][] items) => [0x30, (byte)items.Sum(item => item.Length), .. items.SelectMany(item => item)];

    private static OddCaller Named(string label, byte[] subject) => new(label, subject, null);

    private static OddCaller Typed(int tag, string name) => Alternative(
        $"{tag switch { Mail => "email", Dns => "dns", _ => "uri" }} {Visible(name)}", Item(tag, Encoding.ASCII.GetBytes(name)));

    private static OddCaller Alternative(string label, params byte[][] items) => After(label, List(items));

    private static OddCaller After(string label, byte[] alternativeNames) => new(label, Name((Organization, Utf8("Acme"))), alternativeNames);

    private static byte[] Utf8(string text) => Text(UniversalTagNumber.UTF8String, text);

    private static byte[] Text(UniversalTagNumber type, string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(type, text);
        return writer.Encode();
    }

    private static byte[] Raw(UniversalTagNumber type, ReadOnlySpan<byte> content) => [(byte)type, (byte)content.Length, .. content];

    private static byte[] Name(params (string Type, byte[] Value)[] attributes) => Subject(attributes.Select(attribute => new[] { attribute }));

    private static byte[] OneSet(params (string Type, byte[] Value)[] attributes) => Subject([attributes]);

    private static byte[] Subject(IEnumerable<(string Type, byte[] Value)[]> relativeNames)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string Type, byte[] Value)[] attributes in relativeNames)
            {
                using (writer.PushSetOf())
                {
                    foreach ((string type, byte[] value) in attributes)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(type);
                            writer.WriteEncodedValue(value);
                        }
                    }
                }
            }
        }

        return writer.Encode();
    }

    private static string Visible(string name) => name.Replace("\0", "␀", StringComparison.Ordinal).Replace("\n", "␊", StringComparison.Ordinal);
}
