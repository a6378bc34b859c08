using MtlsScenario.Model;

namespace MtlsScenario.Tests.Planning;

/// <summary>The scenario of the article, as a model, with quick keys.</summary>
internal static class AmyBob
{
    public static DistinguishedName Name(string commonName) =>
        new([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, commonName)])]);

    public static Authority Authority(string name, string? issuer = null, string? commonName = null) => new()
    {
        Name = name,
        Issuer = issuer,
        Certificate = new CertificateSpecification
        {
            Subject = Name(commonName ?? name),
            Issuer = issuer,
            Key = KeyAlgorithm.EcP256,
            KeyUsage = KeyUsages.KeyCertSign | KeyUsages.CrlSign,
        },
    };

    public static PartyCertificate Certificate(Role role, string commonName, string issuer, params string[] trusts) => new()
    {
        Role = role,
        Trusts = [.. trusts],
        Certificate = new CertificateSpecification
        {
            Subject = Name(commonName),
            Issuer = issuer,
            Key = KeyAlgorithm.EcP256,
            KeyUsage = KeyUsages.DigitalSignature,
            ExtendedKeyUsage = [role == Role.Server ? KeyPurpose.ServerAuth : KeyPurpose.ClientAuth],
            Names = role == Role.Server ? [new GeneralName(GeneralNameKind.Dns, commonName)] : [],
        },
    };

    public static Scenario Scenario { get; } = new()
    {
        Name = "amy-bob",
        Authorities = [Authority("ca")],
        Parties =
        [
            new Party { Name = "bob", Certificates = [Certificate(Role.Server, "localhost", "ca", "ca")] },
            new Party { Name = "amy", Certificates = [Certificate(Role.Client, "amy-client", "ca", "ca")] },
        ],
    };
}
