using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

public sealed class PeerVerifierTests : IDisposable
{
    private readonly CertificateMaker _make = new();
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    public PeerVerifierTests()
    {
        _root = _make.Root();
        _intermediate = _make.Intermediate(_root, "intermediate", CertificateMaker.PathLength(0));
    }

    public void Dispose() => _make.Dispose();

    [Fact]
    public void A_chain_below_an_anchor_is_accepted() =>
        Assert.True(Judge(_make.Leaf(_intermediate), [_intermediate], [_root]).IsAccepted);

    [Fact]
    public void A_missing_intermediate_and_a_strange_root_are_unknown_issuers()
    {
        X509Certificate2 leaf = _make.Leaf(_intermediate);
        Assert.Equal(RejectionReason.UnknownIssuer, Judge(leaf, [], [_root]).Reason);
        Assert.Equal(RejectionReason.UnknownIssuer, Judge(leaf, [_intermediate], [_make.Root("strange")]).Reason);
        Assert.Equal(RejectionReason.UnknownIssuer, Judge(leaf, [_intermediate, _root], []).Reason);
    }

    [Fact]
    public void A_root_that_the_peer_presents_itself_is_not_trusted()
    {
        X509Certificate2 impostor = _make.Root();
        PeerJudgement judgement = Judge(_make.Leaf(impostor), [impostor], [_root]);
        Assert.Equal((false, RejectionReason.UnknownIssuer), (judgement.IsAccepted, judgement.Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_intermediate_is_a_trust_anchor_as_good_as_a_root(bool presentsAll)
    {
        X509Certificate2 leaf = _make.Leaf(_intermediate);
        X509Certificate2[] presented = presentsAll ? [_intermediate, _root] : [];
        Assert.True(Judge(leaf, presented, [_intermediate]).IsAccepted);
        Assert.True(Judge(leaf, presented, [_make.Root("strange"), _intermediate]).IsAccepted);
    }

    [Fact]
    public void An_intermediate_as_anchor_admits_nobody_who_stands_beside_it()
    {
        X509Certificate2 beside = _make.Intermediate(_root, "beside");
        Assert.Equal(
            RejectionReason.UnknownIssuer, Judge(_make.Leaf(beside), [beside, _root], [_intermediate]).Reason);
        Assert.Equal(RejectionReason.UnknownIssuer, Judge(_make.Leaf(_root), [_root], [_intermediate]).Reason);
    }

    [Fact]
    public void An_expired_leaf_below_an_intermediate_anchor_is_still_expired()
    {
        X509Certificate2 leaf = _make.Make("leaf", _intermediate, [], until: CertificateMaker.Now.AddHours(-1));
        Assert.Equal(RejectionReason.Expired, Judge(leaf, [], [_intermediate]).Reason);
    }

    [Fact]
    public void Of_two_anchors_with_one_name_the_one_that_signed_is_found_in_either_order()
    {
        using RootsWithoutIdentifiers roots = new();
        Assert.True(Judge(roots.Leaf, [], [roots.First, roots.Second]).IsAccepted);
        Assert.True(Judge(roots.Leaf, [], [roots.Second, roots.First]).IsAccepted);
        Assert.Equal(RejectionReason.BadSignature, Judge(roots.Leaf, [], [roots.Second]).Reason);
    }

    [Fact]
    public void A_path_too_long_and_an_issuer_that_is_no_authority_are_told_apart()
    {
        X509Certificate2 below = _make.Intermediate(_intermediate, "below");
        Assert.Equal(RejectionReason.PathLength, Judge(_make.Leaf(below), [below, _intermediate], [_root]).Reason);

        X509Certificate2 noAuthority = _make.Leaf(_root);
        Assert.Equal(RejectionReason.NotACa, Judge(_make.Leaf(noAuthority), [noAuthority], [_root]).Reason);

        X509Certificate2 noSigner = _make.Intermediate(
            _root, "crl", new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true));
        Assert.Equal(RejectionReason.NotACa, Judge(_make.Leaf(noSigner), [noSigner], [_root]).Reason);
    }

    [Fact]
    public void Dates_count_at_the_instant_of_the_connection()
    {
        X509Certificate2 leaf = _make.Leaf(_root);
        Assert.Equal(RejectionReason.Expired, Judge(leaf, [], [_root], at: CertificateMaker.Now.AddDays(60)).Reason);
        Assert.Equal(RejectionReason.NotYetValid, Judge(leaf, [], [_root], at: CertificateMaker.Now.AddDays(-60)).Reason);
        Assert.True(Judge(leaf, [], [_root], at: CertificateMaker.Now.AddDays(29)).IsAccepted);
    }

    [Theory]
    [InlineData(Side.Client, CertificateMaker.ServerAuth)]
    [InlineData(Side.Server, CertificateMaker.ClientAuth)]
    public void A_certificate_for_the_other_role_has_the_wrong_purpose(Side peer, string purpose)
    {
        X509Certificate2 leaf = _make.Leaf(_root, CertificateMaker.Purpose(purpose));
        Assert.Equal(RejectionReason.WrongPurpose, Judge(leaf, [], [_root], peer).Reason);
        Assert.True(Judge(leaf, [], [_root], peer == Side.Client ? Side.Server : Side.Client).IsAccepted);
    }

    [Fact]
    public void A_key_usage_that_cannot_sign_a_handshake_is_a_wrong_purpose_though_dotnet_lets_it_pass()
    {
        X509Certificate2 leaf = _make.Leaf(_root, new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Assert.Equal(RejectionReason.WrongPurpose, Judge(leaf, [], [_root]).Reason);
    }

    [Fact]
    public void Names_outside_the_constraints_and_unknown_critical_extensions_are_rejected()
    {
        X509Certificate2 constrained = _make.Intermediate(_root, "nc", CertificateMaker.PermittedDns("example.com"));
        Assert.Equal(
            RejectionReason.NameConstraints,
            Judge(_make.Leaf(constrained, CertificateMaker.Dns("evil.test")), [constrained], [_root]).Reason);
        Assert.True(Judge(_make.Leaf(constrained, CertificateMaker.Dns("a.example.com")), [constrained], [_root]).IsAccepted);

        X509Certificate2 strange = _make.Leaf(_root, new X509Extension("1.2.3.4", [5, 0], critical: true));
        Assert.Equal(RejectionReason.UnknownCriticalExtension, Judge(strange, [], [_root]).Reason);
    }

    [Fact]
    public void A_signature_that_was_tampered_with_is_bad()
    {
        byte[] der = _make.Leaf(_root).RawData;
        der[^3] ^= 1;
        using X509Certificate2 tampered = X509CertificateLoader.LoadCertificate(der);
        Assert.Equal(RejectionReason.BadSignature, Judge(tampered, [], [_root]).Reason);
    }

    [Fact]
    public void No_certificate_is_no_certificate() =>
        Assert.Equal(RejectionReason.NoCertificate, Judge(null, [], [_root]).Reason);

    private static PeerJudgement Judge(
        X509Certificate2? leaf,
        X509Certificate2[] presented,
        X509Certificate2[] anchors,
        Side peer = Side.Client,
        DateTimeOffset? at = null) =>
        new PeerVerifier([.. anchors], at).Judge(leaf, [.. presented], peer);
}
