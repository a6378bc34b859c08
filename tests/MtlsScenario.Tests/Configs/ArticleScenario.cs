using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Model;

namespace MtlsScenario.Tests.Configs;

/// <summary>The article's scenario, and changes to it.</summary>
internal static class ArticleScenario
{
    private static ImmutableArray<FileFormat> Stores => [new(FormatKind.Pkcs12), new(FormatKind.TrustStore)];

    public static Scenario Create() => new()
    {
        Name = "amy-bob",
        Authorities = [new Authority { Name = "ca", Certificate = Named("my-ca", null) }],
        Parties =
        [
            new Party { Name = "bob", Certificates = [new PartyCertificate { Role = Role.Server, Certificate = Named("localhost", "ca"), Trusts = ["ca"], Formats = Stores }] },
            new Party { Name = "amy", Certificates = [new PartyCertificate { Role = Role.Client, Certificate = Named("amy-client", "ca"), Trusts = ["ca"], Formats = Stores }] },
        ],
        Connections = [new Connection { From = new ConnectionEnd("amy"), To = new ConnectionEnd("bob"), Host = "localhost" }],
    };

    /// <summary>The article's scenario, where an intermediate signs, bob admits only some and wants TLS 1.3, and amy calls by another name.</summary>
    public static Scenario CreateFull(params ImmutableArray<AdmissionPattern> admits)
    {
        Scenario article = Create();
        return article with
        {
            Folders = FolderLayout.ByParty,
            Authorities = [.. article.Authorities, new Authority { Name = "ica", Issuer = "ca", Certificate = Named("my-ica", "ca") }],
            Parties = [.. article.Parties.Select(party => Edit(party, certificate => certificate with
            {
                Certificate = certificate.Certificate with { Issuer = "ica" },
                MinimumTls = TlsVersion.Tls13,
                Admits = certificate.Role == Role.Server ? admits : null,
                Listen = new ListenAddress("::1", 8443),
                Formats = certificate.Role == Role.Server ? [new FileFormat(FormatKind.CombinedPem), .. Stores] : Stores,
            }))],
            Connections = [article.Connections[0] with { Host = "bob.example", Tls = TlsVersion.Tls13 }],
        };
    }

    /// <summary>The scenario with each party's certificates changed.</summary>
    public static Scenario WithParties(this Scenario scenario, Func<PartyCertificate, PartyCertificate> edit) =>
        scenario with { Parties = [.. scenario.Parties.Select(party => Edit(party, edit))] };

    public static ServerSettings Bob(Scenario scenario, string folder = "") =>
        new EndSettings(scenario, folder).Server(PartyReference.Read(scenario, "bob", out _)!)!;

    public static ClientSettings Amy(Scenario scenario, string folder = "")
    {
        PartyReference amy = PartyReference.Read(scenario, "amy", out _)!;
        return new EndSettings(scenario, folder).Client(amy, CallTargets.Of(scenario, amy).Single())!;
    }

    private static Party Edit(Party party, Func<PartyCertificate, PartyCertificate> edit) =>
        party with { Certificates = [.. party.Certificates.Select(edit)] };

    private static CertificateSpecification Named(string commonName, string? issuer) => new()
    {
        Subject = new DistinguishedName([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.CommonName, commonName)])]),
        Issuer = issuer,
        KeyUsage = commonName.StartsWith("my-", StringComparison.Ordinal) ? KeyUsages.KeyCertSign : KeyUsages.DigitalSignature,
    };
}
