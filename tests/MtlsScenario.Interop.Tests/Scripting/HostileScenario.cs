using System.Globalization;
using System.Numerics;
using System.Text;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Scenarios that are right, and that nobody would write: the same for the same seed.</summary>
internal sealed class HostileScenario(int seed)
{
    private const string UriCharacters = "azAZ09._~:/?#[]@!$&'()*+,;=-";
    private const string LocalCharacters = "azAZ09!#$%&'*+/=?^_`{|}~-";
    private const string PrintableCharacters = "AZaz09 '()+,-./:=?";

    /// <summary>What a shell, an openssl configuration or an option parser might take for something else than a value.</summary>
    private static readonly string[] _pieces =
    [
        "'", "\"", "`", "$", "$(pwn)", "`pwn`", ";pwn;", "|pwn", "&&pwn&&", "\npwn\n", "'$(pwn)'", "\"$(pwn)\"", "')\npwn\n('", "$HOME", "${n}",
        "$n", "$ENV::HOME", "${ENV::HOME}", "$(ENV::HOME)", "\\", "\\\\", "\\n", "\n", "\r\n", "\t", "\b", "#", " # x", "/", "//", "/CN=evil", "+", ",", ";",
        "=", "-", "--", "-rf", "-subj", "%s%n", "%d", "%", "é", "日本", "😀", "!", "!!", "*", "?", "~", "&", "|", "<", ">", ">pwned", ">../pwned", "(", ")",
        "{", "}", "{n}", "[evil]", "\n[extensions]\n", "END", "\nEND\n", "\nEND\npwn\n", "@names", "critical, ", "DER:00", "ASN1:NULL", ".include pwned",
        "file:", "..", "../..", " ", "  ", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u202e", "\ufeff", "a", "Z9", ".", "x=y", "openssl",
    ];

    private static readonly string[] _textAttributes =
        ["CN", "O", "OU", "L", "ST", "UID", "SN", "GN", "initials", "title", "street", "postalCode", "organizationIdentifier", "pseudonym"];

    private readonly Random _random = new(seed);

    /// <summary>A seed: a new one each time, or the one that <c>MTLS_SCENARIO_SEED</c> says, to see a failure again.</summary>
    public static int NewSeed() =>
        Environment.GetEnvironmentVariable("MTLS_SCENARIO_SEED") is { Length: > 0 } said
            ? int.Parse(said, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1_000_000_000);

    /// <summary>A root and one certificate below it, both with Ed25519 keys.</summary>
    /// <param name="mayBeBare">Whether the profile may be the bare one.</param>
    public string Small(bool mayBeBare) => $"""
        name: hostile
        description: {Quoted(Text(200))}
        folders: {(Chance(3) ? "by-party" : "flat")}
        defaults: {"{"} key: ed25519, request: {(Chance(4) ? "false" : "true")}{(mayBeBare && Chance(4) ? ", profile: bare" : "")} {"}"}
        authorities:
          ca: {"{"} subject: {Subject()} {"}"}
        parties:
          p: {"{"} client: {"{"} subject: {Subject()}, issuer: ca {"}"} {"}"}

        """;

    /// <summary>Three authorities, and that many certificates below them, with all that a certificate can say.</summary>
    public string Many(int count)
    {
        var text = new StringBuilder($"""
            name: random
            description: {Quoted(Text(200))}
            folders: {(Chance(2) ? "by-party" : "flat")}
            defaults: {"{"} formats: [{(Chance(2) ? "p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes" : "")}] {"}"}
            authorities:
              root: {"{"} subject: {Subject()}, key: {One("rsa-2048", "ec-p521", "ed25519")}, {Validity()} {"}"}
              middle: {"{"} subject: {Subject()}, issuer: root, {Key()}, pathLength: {Below(3)}, nameConstraints: {Constraints()}, {Validity()}, serial: {Serial(0)} {"}"}
              other: {"{"} subject: {Subject()}, {Key()}, {Validity()}, serial: {Serial(1)}, extensions: {Extensions()} {"}"}
            parties:

            """);
        for (int index = 0; index < count; index++)
        {
            bool isFleet = index % 10 == 7;
            string role = One("server", "client", "peer");
            text.Append(CultureInfo.InvariantCulture, $"  p{index}: {{ ");
            text.Append(isFleet ? "replicas: 3, " : "");
            text.Append(CultureInfo.InvariantCulture, $"{role}: {{ subject: {Subject()}, issuer: {(index < 10 ? "root" : One("root", "middle", "other"))}, {Key()}, ");
            text.Append(isFleet ? index == 7 ? "serial: \"{n}\", " : "" : Chance(2) ? $"serial: {Serial(index + 2)}, " : "");
            text.Append(CultureInfo.InvariantCulture, $"names: {Names(role)}, extensions: {Extensions()}, {Usages()}{Validity()}, request: {(Chance(4) ? "false" : "true")} }} }}\n");
        }

        return text.ToString();
    }

    /// <summary>A value in YAML's double quotes.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char character in value)
        {
            text.Append(character switch
            {
                '"' or '\\' => $"\\{character}",
                < ' ' or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\u202e' or '\ufeff' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>Up to so many characters of trouble, and at least one.</summary>
    public string Text(int longest)
    {
        var text = new StringBuilder();
        for (int pieces = 1 + Below(6); pieces > 0; pieces--)
        {
            string piece = One(_pieces);
            if (text.Length + piece.Length <= longest)
            {
                text.Append(piece);
            }
        }

        return text.Length == 0 ? "x" : text.ToString();
    }

    private string Key() => One("key: ec-p256", "key: ec-p256, digest: sha512", "key: ec-p384, digest: sha384", "key: ed25519", "key: ed25519");

    private string Subject()
    {
        IEnumerable<string> names = Enumerable.Range(0, 1 + Below(4)).Select(_ =>
        {
            string[] types = [.. Enumerable.Range(0, Chance(3) ? 1 + Below(3) : 1).Select(_ => Attribute()).DistinctBy(one => one.Type).Select(one => $"{one.Type}: {Quoted(one.Value)}")];
            return "{ " + string.Join(", ", types) + " }";
        });
        return $"[{string.Join(", ", names)}]";
    }

    private (string Type, string Value) Attribute() => Below(8) switch
    {
        0 => ("C", One("FI", "SE", "DE")),
        1 => (One("serialNumber", "dnQualifier"), Of(PrintableCharacters, 1 + Below(20))),
        2 => (One("emailAddress", "DC"), Ascii(Text(60))),
        _ => (One(_textAttributes), Text(60)),
    };

    private static string Ascii(string value)
    {
        string ascii = string.Concat(value.Where(char.IsAscii));
        return ascii.Length == 0 ? "x" : ascii;
    }

    private string Names(string role)
    {
        string[] names = [.. Enumerable.Range(0, Below(4) + (role == "client" ? 0 : 1)).Select(_ => Below(5) switch
        {
            0 => $"dns:{Of("abz019", 1 + Below(10))}.example",
            1 => $"dns:*.a{Of("bz-_", 1 + Below(5))}x.example",
            2 => One("ip:192.0.2.7", "ip:255.255.255.255", "ip:2001:db8::1", "ip:::", "ip:::ffff:192.0.2.1"),
            3 => $"email:{Of(LocalCharacters, 1 + Below(12))}@example.com",

            // After "urn://" a host would have to follow.
            _ => $"uri:urn:x{Of(UriCharacters, Below(20))}",
        }).Distinct(StringComparer.OrdinalIgnoreCase)];
        return $"[{string.Join(", ", names.Select(Quoted))}]";
    }

    private string Constraints() => One(
        "{ permitted: [\"dns:example.com\", \"dns:.example.com\", \"ip:10.0.0.0/8\"], excluded: [\"email:evil.example\"] }",
        "{ excluded: [\"ip:2001:db8::/33\", \"ip:0.0.0.0/0\", \"uri:.evil.example\", \"dns:evil.example\"] }",
        "{ permitted: [\"ip:::/0\"] }");

    private string Extensions() => One(
        "[]",
        "[{ oid: 1.2.3.4, critical: false, value: \"hex:0500\" }]",
        "[{ oid: 1.3.6.1.4.1.99999.1, critical: true, value: \"base64:DAVoZWxsbw==\" }, { oid: 2.999.5, value: \"hex:0c0524484f4d45\" }]");

    private string Usages() => One(
        "",
        "keyUsage: [], extendedKeyUsage: [], ",
        "keyUsage: [digitalSignature, nonRepudiation, keyAgreement, encipherOnly, decipherOnly], ",
        "extendedKeyUsage: [serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning, 1.2.3.4.5, anyExtendedKeyUsage], ");

    private string Validity()
    {
        if (Chance(2))
        {
            return $"lifetime: {1 + Below(100_000)}{One("d", "h", "m", "s")}";
        }

        if (Chance(2))
        {
            return $"lifetime: {{ from: \"{-Below(100_000)}{One("d", "h", "m", "s")}\", until: \"+{1 + Below(100_000)}{One("d", "h", "m")}\" }}";
        }

        DateTime from = Moment(1900, 2060);
        return $"lifetime: {{ from: {Instant(from)}, until: {Instant(from.AddSeconds(1 + Below(2_000_000_000)))} }}";
    }

    private static string Instant(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private DateTime Moment(int first, int last) => new DateTime(first, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        .AddDays(Below((last - first) * 365)).AddSeconds(Below(86_400));

    /// <summary>Of any length, and another for each number.</summary>
    private string Serial(int number)
    {
        byte[] bytes = new byte[1 + Below(17)];
        _random.NextBytes(bytes);
        bytes[0] |= 1;
        return $"0x{(new BigInteger(bytes, isUnsigned: true) << 16) + number + 1:X}".Replace("0x0", "0x", StringComparison.Ordinal);
    }

    private string Of(string characters, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => characters[Below(characters.Length)]));

    private string One(params string[] choices) => choices[Below(choices.Length)];

    private bool Chance(int oneIn) => Below(oneIn) == 0;

    private int Below(int bound) => _random.Next(bound);
}
