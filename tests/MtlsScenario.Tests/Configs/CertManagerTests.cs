using MtlsScenario.Configs;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Configs;

/// <summary>What cert-manager would make otherwise than the scenario says is refused.</summary>
public sealed class CertManagerTests
{
    public static TheoryData<string, string> Inexpressible => new()
    {
        { nameof(CertificateSpecification.Serial), "cert-manager cannot be told of a serial of its own, which bob_server has" },
        { nameof(CertificateSpecification.Lifetime), "cert-manager cannot be told of a lifetime that is not a duration of an hour or more from its issuance on, which bob_server has" },
        { nameof(CertificateSpecification.Extensions), "cert-manager cannot be told of extensions of its own, which bob_server has" },
        { nameof(CertificateSpecification.PathLength), "cert-manager cannot be told of a pathLength, which bob_server has" },
        { nameof(CertificateSpecification.Digest), "cert-manager cannot be told of a digest other than sha256, which it takes for the issuer's key, which bob_server has" },
        { nameof(CertificateSpecification.Key), "cert-manager cannot be told of an ML-DSA key, which bob_server has" },
        { nameof(CertificateSpecification.Profile), "cert-manager cannot be told of profile bare, which bob_server has" },
        { nameof(CertificateSpecification.KeyUsage), "cert-manager cannot be told of no keyUsage, which bob_server has" },
        { nameof(CertificateSpecification.ExtendedKeyUsage), "cert-manager cannot be told of the purpose 1.2.3, which bob_server has" },
        { nameof(CertificateSpecification.RenewBefore), "cert-manager cannot be told of a renewBefore of less than five minutes, which bob_server has" },
        { nameof(CertificateSpecification.Subject), "cert-manager cannot be told of emailAddress in its subject, which bob_server has" },
    };

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_it_cannot_be_told_is_refused(string what, string why)
    {
        Scenario scenario = ArticleScenario.Create().WithParties(certificate => certificate.Role != Role.Server
            ? certificate
            : certificate with { Certificate = Edit(certificate.Certificate, what) });

        Assert.Equal(why, Assert.IsType<ConfigOutcome.Refused>(Write(scenario)).Why);
    }

    /// <summary>The Secret of an intermediate below another has both in one file.</summary>
    [Fact]
    public void No_anchor_is_trusted_that_the_scenario_does_not_name()
    {
        Scenario article = ArticleScenario.CreateFull();
        Authority lower = article.Authorities[1] with { Name = "lower", Issuer = "ica" };
        Scenario scenario = article with { Authorities = [.. article.Authorities, lower] };

        Assert.IsType<ConfigOutcome.Written>(Write(scenario.WithParties(certificate => certificate with { Trusts = ["ica"] })));
        Assert.Equal(
            "of lower cert-manager's Secret has those above it too, and bob_server trusts it alone",
            Assert.IsType<ConfigOutcome.Refused>(Write(scenario.WithParties(certificate => certificate with { Trusts = ["lower"] }))).Why);
    }

    [Fact]
    public void What_is_provided_is_refused()
    {
        Scenario article = ArticleScenario.Create();
        Scenario scenario = article with { Authorities = [article.Authorities[0] with { IsExternal = true, Certificate = null }] };

        Assert.Equal("cert-manager issues certificates, and ca's is provided", Assert.IsType<ConfigOutcome.Refused>(Write(scenario)).Why);
    }

    private static ConfigOutcome Write(Scenario scenario) => ConfigWriter.Server(ConfigProgram.CertManager, ArticleScenario.Bob(scenario), "bob");

    private static CertificateSpecification Edit(CertificateSpecification own, string what) => what switch
    {
        nameof(own.Serial) => own with { Serial = new SerialNumber.Fixed(7) },
        nameof(own.Lifetime) => own with { Lifetime = new Lifetime(new TimePoint.Offset(TimeSpan.FromDays(-1)), new TimePoint.Offset(TimeSpan.FromDays(1))) },
        nameof(own.Extensions) => own with { Extensions = [new CustomExtension("1.2.3", false, [5, 0])] },
        nameof(own.PathLength) => own with { PathLength = 0 },
        nameof(own.Digest) => own with { Digest = DigestAlgorithm.Sha512 },
        nameof(own.Key) => own with { Key = KeyAlgorithm.MlDsa44 },
        nameof(own.Profile) => own with { Profile = CertificateProfile.Bare },
        nameof(own.KeyUsage) => own with { KeyUsage = KeyUsages.None },
        nameof(own.ExtendedKeyUsage) => own with { ExtendedKeyUsage = [new KeyPurpose("1.2.3")] },
        nameof(own.RenewBefore) => own with { RenewBefore = TimeSpan.FromMinutes(1) },
        nameof(own.Subject) => own with { Subject = new DistinguishedName([new RelativeDistinguishedName([new AttributeTypeAndValue(AttributeType.Find("emailAddress")!, "bob@example.org")])]) },
        _ => own,
    };
}
