using System.Numerics;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Interop.Tests.Issuance;

/// <summary>The same plan, once by openssl and once natively, with the keys shared and serials and dates fixed.</summary>
public sealed class OpenSslBytesTests : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2051, 6, 7, 8, 9, 10, TimeSpan.Zero);

    private const string Configuration = """
        [ca]
        default_ca = the_ca
        [the_ca]
        database = index.txt
        new_certs_dir = .
        serial = serial
        default_md = sha384
        policy = any
        email_in_dn = yes
        unique_subject = no
        [any]
        [req]
        prompt = no
        utf8 = yes
        string_mask = utf8only
        distinguished_name = dn
        req_extensions = requested
        [dn]
        DC = example
        C = FI
        ST = Häme
        1.O = Acme/Étoile + Co
        1.OU = b
        2.+OU = a longer one
        street = 日本
        serialNumber = 0815
        dnQualifier = q
        emailAddress = amy@example.com
        CN = localhost
        [root]
        basicConstraints = critical,CA:TRUE,pathlen:1
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        nameConstraints = critical,permitted;DNS:example.com,permitted;IP:10.0.0.0/255.128.0.0,excluded;email:.x,excluded;URI:.y,excluded;IP:2001:db8:0:0:0:0:0:0/ffff:ffff:0:0:0:0:0:0
        [leaf]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature,keyEncipherment,decipherOnly
        extendedKeyUsage = serverAuth,clientAuth,1.2.3.4
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        subjectAltName = @names
        1.2.3.4.5 = critical,DER:0403010203
        [requested]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature,keyEncipherment,decipherOnly
        extendedKeyUsage = serverAuth,clientAuth,1.2.3.4
        subjectKeyIdentifier = hash
        subjectAltName = @names
        1.2.3.4.5 = critical,DER:0403010203
        [names]
        DNS.1 = localhost
        DNS.2 = *.example.com
        IP.1 = 127.0.0.1
        IP.2 = ::1
        email.1 = amy@example.com
        URI.1 = spiffe://example/amy
        """;

    private static readonly CertificateTemplate Root = new(
        3,
        Subject(),
        new SerialNumber.Fixed(new BigInteger(0x80)),
        new Lifetime(new TimePoint.Instant(From), new TimePoint.Instant(Until)),
        DigestAlgorithm.Sha384,
        [
            new PlannedExtension.BasicConstraints(isCa: true, pathLength: 1),
            new PlannedExtension.KeyUsage(KeyUsages.KeyCertSign | KeyUsages.CrlSign),
            new PlannedExtension.SubjectKeyIdentifier(),
            new PlannedExtension.NameConstraintsExtension(new NameConstraints(
                [
                    new GeneralSubtree(GeneralNameKind.Dns, "example.com"),
                    new GeneralSubtree(GeneralNameKind.IpAddress, "10.0.0.0/9"),
                ],
                [
                    new GeneralSubtree(GeneralNameKind.Email, ".x"),
                    new GeneralSubtree(GeneralNameKind.Uri, ".y"),
                    new GeneralSubtree(GeneralNameKind.IpAddress, "2001:db8::/32"),
                ])),
        ]);

    private static readonly CertificateTemplate Leaf = Root with
    {
        Serial = new SerialNumber.Fixed((BigInteger.One << 159) - 1),
        Extensions =
        [
            new PlannedExtension.BasicConstraints(isCa: false, pathLength: null),
            new PlannedExtension.KeyUsage(KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment | KeyUsages.DecipherOnly),
            new PlannedExtension.ExtendedKeyUsage([KeyPurpose.ServerAuth, KeyPurpose.ClientAuth, new KeyPurpose("1.2.3.4")]),
            new PlannedExtension.SubjectKeyIdentifier(),
            new PlannedExtension.AuthorityKeyIdentifier(),
            new PlannedExtension.SubjectAlternativeName(
            [
                new GeneralName(GeneralNameKind.Dns, "localhost"),
                new GeneralName(GeneralNameKind.Dns, "*.example.com"),
                new GeneralName(GeneralNameKind.IpAddress, "127.0.0.1"),
                new GeneralName(GeneralNameKind.IpAddress, "::1"),
                new GeneralName(GeneralNameKind.Email, "amy@example.com"),
                new GeneralName(GeneralNameKind.Uri, "spiffe://example/amy"),
            ]),
            new PlannedExtension.Custom("1.2.3.4.5", isCritical: true, [4, 3, 1, 2, 3]),
        ],
    };

    private readonly OpenSslFolder _folder = new();
    private readonly NativeIssuer _issuer = new();

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.Rsa3072)]
    [InlineData(KeyAlgorithm.Rsa4096)]
    [InlineData(KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384)]
    [InlineData(KeyAlgorithm.EcP521)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public async Task Root_request_and_leaf_are_what_openssl_writes(KeyAlgorithm algorithm)
    {
        using PrivateKey caKey = PrivateKey.Generate(algorithm);
        using PrivateKey leafKey = PrivateKey.Generate(algorithm);
        _folder.Write("ca.key", caKey.ExportPem());
        _folder.Write("leaf.key", leafKey.ExportPem());
        _folder.Write("openssl.cnf", Configuration);
        _folder.Write("index.txt", "");

        await _folder.RunAsync("req", "-new", "-config", "openssl.cnf", "-sha384", "-key", "leaf.key", "-out", "leaf.csr");
        await _folder.RunAsync("req", "-new", "-config", "openssl.cnf", "-key", "ca.key", "-out", "ca.csr");
        _folder.Write("serial", "80\n");
        await _folder.RunAsync([.. Ca("root", "ca.csr", "ca.crt"), "-selfsign", "-keyfile", "ca.key"]);
        _folder.Write("serial", "7F" + new string('F', 38) + "\n");
        await _folder.RunAsync([.. Ca("leaf", "leaf.csr", "leaf.crt"), "-cert", "ca.crt", "-keyfile", "ca.key"]);

        byte[] root = _issuer.SelfSign(Root, caKey, From);
        Assert.True(ParsedCertificate.TryParse(root, out ParsedCertificate? authority));
        byte[] leaf = _issuer.Sign(Leaf, leafKey.SubjectPublicKeyInfo.Span, new IssuingAuthority(authority, caKey), From);
        byte[] request = _issuer.Request(
            new RequestTemplate(
                Leaf.Subject,
                DigestAlgorithm.Sha384,
                [.. Leaf.Extensions.Where(extension => extension is not PlannedExtension.AuthorityKeyIdentifier)]),
            leafKey);

        bool isRandomised = algorithm is KeyAlgorithm.EcP256 or KeyAlgorithm.EcP384 or KeyAlgorithm.EcP521;
        AssertSame("ca.crt", Pem.Encode(Pem.Certificate, root), isRandomised);
        AssertSame("leaf.crt", Pem.Encode(Pem.Certificate, leaf), isRandomised);
        AssertSame("leaf.csr", Pem.Encode(Pem.CertificateRequest, request), isRandomised);

        _folder.Write("native.crt", Pem.Encode(Pem.Certificate, leaf));
        _folder.Write("native.csr", Pem.Encode(Pem.CertificateRequest, request));
        Assert.Contains(
            "verify OK", await _folder.RunAsync("req", "-verify", "-noout", "-in", "native.csr"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, "RSA", "rsa_keygen_bits:2048")]
    [InlineData(KeyAlgorithm.EcP256, "EC", "ec_paramgen_curve:P-256")]
    [InlineData(KeyAlgorithm.EcP384, "EC", "ec_paramgen_curve:P-384")]
    [InlineData(KeyAlgorithm.EcP521, "EC", "ec_paramgen_curve:P-521")]
    [InlineData(KeyAlgorithm.Ed25519, "ED25519", null)]
    public async Task A_key_of_openssl_is_written_again_as_it_was(KeyAlgorithm algorithm, string name, string? option)
    {
        string[] options = option is null ? [] : ["-pkeyopt", option];
        await _folder.RunAsync(["genpkey", "-algorithm", name, .. options, "-out", "key.pem"]);
        using PrivateKey key = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(_folder.Read("key.pem"))).Key;
        Assert.Equal(algorithm, key.Algorithm);
        Assert.Equal(_folder.Read("key.pem"), key.ExportPem());
    }

    [Fact]
    public async Task Bare_certificates_are_what_the_articles_commands_make()
    {
        string version = await _folder.RunAsync("version");
        Assert.StartsWith("OpenSSL 3.0.", version, StringComparison.Ordinal);
        await _folder.RunAsync(
            "req", "-new", "-x509", "-nodes", "-days", "365", "-subj", "/CN=my-ca", "-keyout", "ca.key", "-out", "ca.crt");
        await _folder.RunAsync("genrsa", "-out", "bob_server.key", "2048");
        await _folder.RunAsync("req", "-new", "-key", "bob_server.key", "-subj", "/CN=localhost", "-out", "bob_server.csr");
        await _folder.RunAsync(
            "x509", "-req", "-in", "bob_server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "365", "-out", "bob_server.crt");

        Assert.True(ParsedCertificate.TryRead(_folder.Read("ca.crt"), out ParsedCertificate? ca));
        Assert.True(ParsedCertificate.TryRead(_folder.Read("bob_server.crt"), out ParsedCertificate? leaf));
        using PrivateKey caKey = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(_folder.Read("ca.key"))).Key;
        using PrivateKey key = Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(_folder.Read("bob_server.key"))).Key;
        CertificateTemplate root = Bare(3, "my-ca", ca) with
        {
            Extensions =
            [
                new PlannedExtension.SubjectKeyIdentifier(),
                new PlannedExtension.AuthorityKeyIdentifier(),
                new PlannedExtension.BasicConstraints(isCa: true, pathLength: null),
            ],
        };
        AssertSame("ca.crt", Pem.Encode(Pem.Certificate, _issuer.SelfSign(root, caKey, From)));
        AssertSame(
            "bob_server.csr",
            Pem.Encode(
                Pem.CertificateRequest,
                _issuer.Request(new RequestTemplate(CommonName("localhost"), DigestAlgorithm.Sha256, []), key)));
        AssertSame(
            "bob_server.crt",
            Pem.Encode(
                Pem.Certificate,
                _issuer.Sign(Bare(1, "localhost", leaf), key.SubjectPublicKeyInfo.Span, new IssuingAuthority(ca, caKey), From)));
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Ca(string extensions, string request, string certificate) =>
    [
        "ca", "-batch", "-notext", "-preserveDN", "-utf8", "-config", "openssl.cnf", "-extensions", extensions,
        "-startdate", "20260102030405Z", "-enddate", "20510607080910Z", "-in", request, "-out", certificate,
    ];

    private static CertificateTemplate Bare(int version, string commonName, ParsedCertificate made) => new(
        version,
        CommonName(commonName),
        new SerialNumber.Fixed(made.SerialNumber),
        new Lifetime(new TimePoint.Instant(made.NotBefore), new TimePoint.Instant(made.NotAfter)),
        DigestAlgorithm.Sha256,
        []);

    private static DistinguishedName CommonName(string value) =>
        new([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, value)])]);

    private static DistinguishedName Subject() => new(
        [
            Relative(("DC", "example")), Relative(("C", "FI")), Relative(("ST", "Häme")), Relative(("O", "Acme/Étoile + Co")),
            Relative(("OU", "b"), ("OU", "a longer one")), Relative(("street", "日本")), Relative(("serialNumber", "0815")),
            Relative(("dnQualifier", "q")), Relative(("emailAddress", "amy@example.com")), Relative(("CN", "localhost")),
        ]);

    private static RelativeDistinguishedName Relative(params (string Type, string Value)[] attributes) => new(
        [.. attributes.Select(attribute => new AttributeTypeAndValue(AttributeType.Find(attribute.Type)!, attribute.Value))]);

    /// <summary>The same text; where the signatures are random by their nature, the same but for them.</summary>
    private void AssertSame(string openSslFile, byte[] native, bool exceptSignature = false)
    {
        byte[] theirs = _folder.Read(openSslFile);
        if (!exceptSignature)
        {
            Assert.Equal(System.Text.Encoding.ASCII.GetString(theirs), System.Text.Encoding.ASCII.GetString(native));
            return;
        }

        Assert.Equal(ToBeSigned(theirs), ToBeSigned(native));
    }

    private static string ToBeSigned(byte[] pem)
    {
        int position = 0;
        Assert.True(Pem.TryDecodeNext(pem, ref position, out PemBlock? block));
        var signed = new System.Formats.Asn1.AsnReader(block.Der, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        return Convert.ToHexString(signed.ReadEncodedValue().Span);
    }
}
