using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Faults;
using MtlsScenario.Handshakes;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Faults;

/// <summary>Each forged certificate has the fault that it is to have, in the eyes of .NET's verification, and no other.</summary>
public sealed class FaultCatalogTests
{
    private const string Text = """
        name: faults
        defaults: { key: ec-p256 }
        authorities:
          root: { subject: /CN=root }
          issuing: { subject: /CN=issuing, issuer: root, pathLength: 0 }
        parties:
          bob: { server: { subject: /CN=bob.example, issuer: issuing } }
          amy: { client: { subject: /CN=amy, issuer: issuing } }
        connections: [amy -> bob]
        """;

    /// <summary>The reason of each fault that is in the certificates; what is not here must be accepted by .NET.</summary>
    private static readonly Dictionary<string, RejectionReason> s_reasons = new()
    {
        ["self-signed"] = RejectionReason.UnknownIssuer,
        ["unknown-ca"] = RejectionReason.UnknownIssuer,
        ["same-name-ca"] = RejectionReason.UnknownIssuer,
        ["same-name-ca-no-aki"] = RejectionReason.UnknownIssuer,
        ["same-name-ca-copied-aki"] = RejectionReason.UnknownIssuer,
        ["bad-signature"] = RejectionReason.BadSignature,
        ["stuffed-chain"] = RejectionReason.UnknownIssuer,

        // It has to be below an authority that may have none below it, and .NET says that first.
        ["leaf-as-ca"] = RejectionReason.PathLength,
        ["ca-false"] = RejectionReason.NotACa,
        ["no-basic-constraints"] = RejectionReason.NotACa,
        ["no-keycertsign"] = RejectionReason.NotACa,
        ["v1-ca"] = RejectionReason.NotACa,
        ["ca-expired"] = RejectionReason.Expired,
        ["ca-server-auth"] = RejectionReason.WrongPurpose,
        ["path-length"] = RejectionReason.PathLength,
        ["missing-intermediate"] = RejectionReason.UnknownIssuer,
        ["expired"] = RejectionReason.Expired,
        ["not-yet-valid"] = RejectionReason.NotYetValid,
        ["server-auth-only"] = RejectionReason.WrongPurpose,
        ["client-auth-only"] = RejectionReason.WrongPurpose,
        ["code-signing"] = RejectionReason.WrongPurpose,
        ["name-constraints-dns"] = RejectionReason.NameConstraints,
        ["name-constraints-uri"] = RejectionReason.NameConstraints,
        ["critical-extension"] = RejectionReason.UnknownCriticalExtension,
    };

    public static TheoryData<string, Side> Certificates()
    {
        var data = new TheoryData<string, Side>();
        foreach (Side side in (Side[])[Side.Client, Side.Server])
        {
            foreach (Fault fault in FaultCatalog.All.Where(fault => fault is { Manner: FaultManner.Certificate, Id: not "revoked" } && FaultCatalog.GradeOf(fault, side) == FaultGrade.A))
            {
                data.Add(fault.Id, side);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Certificates))]
    public void A_certificate_that_must_be_refused_is_refused_for_its_fault(string id, Side side)
    {
        Forged.Identity forged = Assert.IsType<Forged.Identity>(Forge(side, forge => FaultCatalog.Find(id)!.Make(forge)));
        switch (id)
        {
            case "wrong-host":
                // The name is not the path's: it is looked at by whoever called.
                Assert.Null(Judge(forged.Chain, side));
                Assert.False(Load(forged.Chain[0]).MatchesHostname("bob.example"));
                break;
            case "duplicate-extension":
                Assert.True(ParsedCertificate.TryParse(forged.Chain[0], out ParsedCertificate? twice));
                Assert.Contains(twice.Extensions.GroupBy(extension => extension.Oid), same => same.Count() == 2);
                break;
            default:
                Assert.True(id != "v1-ca" || Parse(forged.Chain[0]).Find(Oids.AuthorityKeyIdentifier) is null, "its authority has no key identifier to name");
                Assert.Equal(s_reasons[id], Judge(forged.Chain, side));
                break;
        }
    }

    [Theory]
    [InlineData("no-eku")]
    [InlineData("two-cn")]
    [InlineData("nul-cn")]
    [InlineData("bmp-cn")]
    [InlineData("stray-certificate")]
    [InlineData("repeated-chain")]
    [InlineData("rsa-1024")]
    [InlineData("v1")]
    public void A_certificate_with_an_oddity_is_sound_beyond_it(string id) =>
        Assert.Null(Judge(Assert.IsType<Forged.Identity>(Forge(Side.Client, forge => FaultCatalog.Find(id)!.Make(forge))).Chain, Side.Client));

    [Fact]
    public void The_good_certificate_is_good_and_is_sent_as_it_is()
    {
        Forged.Identity good = Forge(Side.Client, forge => forge.Good);
        Assert.Equal(2, good.Chain.Length);
        Assert.Null(Judge(good.Chain, Side.Client));
    }

    [Fact]
    public void What_nobody_has_revoked_does_not_apply() =>
        Assert.IsType<Forged.DoesNotApply>(Forge(Side.Client, forge => FaultCatalog.Find("revoked")!.Make(forge)));

    [Fact]
    public void Without_the_keys_of_the_authorities_what_needs_them_is_not_tried_and_the_key_is_named()
    {
        foreach (Fault fault in FaultCatalog.All.Where(fault => fault.Client is not null))
        {
            Forged forged = Forge(Side.Client, forge => fault.Make(forge), hasKeys: false);
            Assert.True(forged is Forged.NotTried == fault.NeedsAuthorityKey, fault.Id);
            Assert.True(forged is not Forged.NotTried { Why: var why } || why == "the key of issuing is not here", fault.Id);
        }
    }

    [Fact]
    public void Each_fault_has_a_word_of_its_own_and_a_sentence_for_each_question()
    {
        Assert.Equal(FaultCatalog.All.Length, FaultCatalog.All.Select(fault => fault.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FaultCatalog.All, fault =>
        {
            Assert.Matches("^[a-z0-9]+([-.][a-z0-9]+)*$", fault.Id);
            Assert.All((string[])[fault.What, fault.Why], sentence => Assert.Matches(@"^([A-Z]|extendedKeyUsage ).{3,75}\.$", sentence));
        });
    }

    private static readonly Lazy<(Plan Plan, PlanIssuer Issued)> s_issued = new(() =>
    {
        Plan plan = Planner.For(ScenarioLoader.Parse(Text));
        return (plan, PlanIssuer.Issue(plan, _ => throw new InvalidOperationException(), DateTimeOffset.UtcNow));
    });

    private static T Forge<T>(Side side, Func<FaultForge, T> make, bool hasKeys = true)
    {
        PlanIssuer issued = s_issued.Value.Issued;
        MadeCertificate leaf = issued[side == Side.Client ? "amy_client" : "bob_server"];
        FaultIssuer Issuer(string name) => new(name, Parse(issued[name].Certificate), hasKeys ? issued[name].Key!.Clone() : null);
        using var material = new FaultMaterial(side, [leaf.Certificate, issued["issuing"].Certificate], leaf.Key!.Clone(), [Issuer("issuing"), Issuer("root")]) { Host = "bob.example" };
        using var forge = new FaultForge(material, DateTimeOffset.UtcNow);
        return make(forge);
    }

    private static ParsedCertificate Parse(ReadOnlyMemory<byte> der) => ParsedCertificate.TryParse(der, out ParsedCertificate? parsed) ? parsed : throw new InvalidOperationException();

    private static X509Certificate2 Load(ReadOnlyMemory<byte> der) => X509CertificateLoader.LoadCertificate(der.Span);

    private static RejectionReason? Judge(ImmutableArray<ReadOnlyMemory<byte>> chain, Side side)
    {
        PeerJudgement judgement = new PeerVerifier([Load(s_issued.Value.Issued["root"].Certificate)]).Judge(Load(chain[0]), [.. chain.Skip(1).Select(Load)], side);
        Assert.True(judgement.IsAccepted || judgement.Reason is not null, judgement.StackMessage);
        return judgement.Reason;
    }
}
