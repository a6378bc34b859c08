using System.Collections.Immutable;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Layouts;

public sealed class ExtensionTextTests
{
    private static readonly KeyIdentifiers Keys = new(
        Convert.FromHexString("00112233445566778899AABBCCDDEEFF00112233"),
        Convert.FromHexString("FF112233445566778899AABBCCDDEEFF00112233"));

    internal static TheoryData<PlannedExtension, string> Templates => new()
    {
        { new PlannedExtension.BasicConstraints(isCa: true, pathLength: null), "CA:TRUE" },
        { new PlannedExtension.BasicConstraints(isCa: true, pathLength: 0), "CA:TRUE, pathLenConstraint 0" },
        { new PlannedExtension.BasicConstraints(isCa: false, pathLength: null), "CA:FALSE" },
        { new PlannedExtension.KeyUsage(KeyUsages.KeyCertSign | KeyUsages.CrlSign), "keyCertSign, cRLSign" },
        { new PlannedExtension.KeyUsage(KeyUsages.DigitalSignature | KeyUsages.DecipherOnly), "digitalSignature, decipherOnly" },
        { new PlannedExtension.ExtendedKeyUsage([KeyPurpose.ServerAuth, new KeyPurpose("1.2.3.4")]), "serverAuth, 1.2.3.4" },
        { new PlannedExtension.SubjectKeyIdentifier(), "00112233445566778899AABBCCDDEEFF00112233" },
        { new PlannedExtension.AuthorityKeyIdentifier(), "FF112233445566778899AABBCCDDEEFF00112233" },
        {
            new PlannedExtension.SubjectAlternativeName(
            [
                new GeneralName(GeneralNameKind.Dns, "localhost"), new GeneralName(GeneralNameKind.IpAddress, "::1"),
                new GeneralName(GeneralNameKind.Email, "amy@x"), new GeneralName(GeneralNameKind.Uri, "spiffe://x/amy"),
            ]),
            "dns:localhost, ip:::1, email:amy@x, uri:spiffe://x/amy"
        },
        {
            new PlannedExtension.NameConstraintsExtension(new NameConstraints(
                [
                    new GeneralSubtree(GeneralNameKind.Dns, ".x"), new GeneralSubtree(GeneralNameKind.IpAddress, "10.0.0.0/9"),
                    new GeneralSubtree(GeneralNameKind.IpAddress, "0.0.0.0/0"),
                ],
                [new GeneralSubtree(GeneralNameKind.IpAddress, "2001:db8::/32")])),
            "permitted dns:.x, ip:10.0.0.0/9, ip:0.0.0.0/0; excluded ip:2001:db8::/32"
        },
        { new PlannedExtension.Custom("1.2.3.4", isCritical: false, [4, 1, 255]), "hex:0401ff" },
        { new PlannedExtension.Custom(Oids.BasicConstraints, isCritical: false, [4, 1, 255]), "damaged: hex:0401ff" },
        { new PlannedExtension.Custom(Oids.SubjectAltName, isCritical: false, []), "damaged: hex:" },
    };

    [Fact]
    public void What_was_encoded_is_said_in_RFC_5280s_words()
    {
        foreach ((PlannedExtension planned, string text) in Templates.Select(row => ((PlannedExtension)row[0], (string)row[1])))
        {
            Assert.Equal(text, ExtensionText.Of(Encoded(planned)));
        }
    }

    [Fact]
    public void A_name_says_its_kind_only_where_it_would_not_be_read()
    {
        ImmutableArray<GeneralName> names =
        [
            new(GeneralNameKind.Dns, "localhost"), new(GeneralNameKind.IpAddress, "127.0.0.1"),
            new(GeneralNameKind.Dns, "127.0.0.1"), new(GeneralNameKind.Uri, "urn:x"), new(GeneralNameKind.Uri, "https://x"),
        ];
        Assert.Equal(
            "localhost, 127.0.0.1, dns:127.0.0.1, uri:urn:x, https://x",
            ExtensionText.Names(Encoded(new PlannedExtension.SubjectAlternativeName(names))));
    }

    [Fact]
    public void No_damage_to_an_extension_throws()
    {
        foreach (PlannedExtension planned in Templates.Select(row => (PlannedExtension)row[0]))
        {
            ParsedExtension whole = Encoded(planned);
            for (int length = 0; length < whole.Value.Length; length++)
            {
                Assert.NotEmpty(ExtensionText.Of(whole with { Value = whole.Value[..length] }));
                byte[] changed = whole.Value.ToArray();
                changed[length] ^= 0xFF;
                Assert.NotEmpty(ExtensionText.Of(whole with { Value = changed }));
            }
        }
    }

    private static ParsedExtension Encoded(PlannedExtension planned) =>
        new(ExtensionEncoder.OidOf(planned), planned.IsCritical, ExtensionEncoder.Encode(planned, Keys));
}
