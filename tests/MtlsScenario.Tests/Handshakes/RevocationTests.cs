using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Revocation;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>What CRLs do to a judgement. Whether they are read rightly is openssl's to say, in the interop tests.</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly CertificateMaker _make = new();
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;
    private readonly X509Certificate2 _leaf;
    private readonly CrlMaker _upper;
    private readonly CrlMaker _lower;

    public RevocationTests()
    {
        _root = _make.Root();
        _intermediate = _make.Intermediate(_root);
        _leaf = _make.Leaf(_intermediate);
        _upper = new CrlMaker { Issuer = _root };
        _lower = new CrlMaker { Issuer = _intermediate, ThisUpdate = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), NextUpdate = DateTimeOffset.UtcNow.AddDays(1) };
    }

    public void Dispose() => _make.Dispose();

    [Fact]
    public void Without_CRLs_nothing_is_checked_and_with_an_empty_list_of_them_nobody_gets_in()
    {
        Assert.True(new PeerVerifier([_root]).Judge(_leaf, [_intermediate], Side.Client).IsAccepted);
        Assert.Equal("RevocationUnknown: there is no CRL (/CN=intermediate)", Judge());
        Assert.Equal("accepted", Judge(_lower, _upper));
    }

    [Fact]
    public void Each_fault_is_told_with_whose_it_is()
    {
        X509Certificate2 stranger = _make.Root("intermediate");
        Assert.Equal("Revoked: on the CRL of /CN=intermediate for keyCompromise (/CN=leaf)", Judge(_lower with { Revoked = [_leaf], Reason = 1 }, _upper));
        Assert.Equal("Revoked: on the CRL of /CN=root (/CN=intermediate)", Judge(_lower, _upper with { Revoked = [_intermediate] }));
        Assert.Equal("RevocationUnknown: there is no CRL (/CN=root)", Judge(_lower));
        Assert.Equal("RevocationUnknown: the CRL has expired on 2026-01-03T00:00:00Z (/CN=intermediate)", Judge(_lower with { NextUpdate = new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero) }, _upper));
        Assert.Equal("RevocationUnknown: the CRL is not valid before 2049-01-01T00:00:00Z (/CN=intermediate)", Judge(_lower with { ThisUpdate = new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero), NextUpdate = null }, _upper));
        Assert.Equal("RevocationUnknown: the CRL is not signed by its key (/CN=intermediate)", Judge(_lower with { Signer = stranger }, _upper));
        Assert.Equal("RevocationUnknown: the CRL has a critical extension that is not known, 1.2.3.4 (/CN=intermediate)", Judge(_lower with { Critical = [("1.2.3.4", [5, 0])] }, _upper));
        Assert.Equal("RevocationUnknown: the CRL does not speak of /CN=leaf (/CN=intermediate)", Judge(_lower with { Critical = [("2.5.29.27", [2, 1, 1])] }, _upper));
    }

    [Fact]
    public void An_anchor_that_is_no_root_needs_no_list_of_its_own_issuer()
    {
        Assert.True(Verifier([_intermediate], _lower).Judge(_leaf, [], Side.Client).IsAccepted);
        Assert.Equal(RejectionReason.Revoked, Verifier([_intermediate], _lower with { Revoked = [_leaf] }).Judge(_leaf, [], Side.Client).Reason);
    }

    [Fact]
    public void Another_anchor_makes_nobody_good_who_is_revoked()
    {
        X509Certificate2 stranger = _make.Root();
        PeerVerifier verifier = Verifier([stranger, _root], new CrlMaker { Issuer = stranger }, _lower with { Revoked = [_leaf] }, _upper);
        Assert.Equal(RejectionReason.Revoked, verifier.Judge(_leaf, [_intermediate], Side.Client).Reason);
        Assert.True(Verifier([stranger, _root], new CrlMaker { Issuer = stranger, Revoked = [_intermediate] }, _lower, _upper).Judge(_leaf, [_intermediate], Side.Client).IsAccepted);
    }

    [Fact]
    public void As_in_OpenSSL_the_lists_come_after_the_name_and_before_the_dates()
    {
        X509Certificate2 old = _make.Make("old", _intermediate, [], until: CertificateMaker.Now.AddHours(-1));
        PeerVerifier verifier = Verifier([_root], _lower with { Revoked = [old] }, _upper);
        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.Add(_intermediate);
        Assert.Equal(RejectionReason.Revoked, verifier.Judge(old, chain, SslPolicyErrors.None, Side.Server).Reason);
        Assert.Equal(RejectionReason.NameMismatch, verifier.Judge(old, chain, SslPolicyErrors.RemoteCertificateNameMismatch, Side.Server).Reason);
        Assert.Equal(RejectionReason.Expired, Verifier([_root], _lower, _upper).Judge(old, chain, SslPolicyErrors.None, Side.Server).Reason);
    }

    /// <summary>Each difference is told of the list that has it, and of no other.</summary>
    [Fact]
    public void Where_stacks_differ_on_a_list_it_is_said()
    {
        Assert.Equal([], Differences([_root], _lower, _upper));
        Assert.Contains("up to a trust anchor that is no root", Assert.Single(Differences([_intermediate], _lower)), StringComparison.Ordinal);
        Assert.Contains("is a delta", Assert.Single(Differences([_root], _lower with { Critical = [("2.5.29.27", [2, 1, 1])] })), StringComparison.Ordinal);
        Assert.Contains("Java looks at the entry of the certificate alone", Assert.Single(Differences([_root], _lower with { Revoked = [_leaf], EntryExtension = "1.2.3.4" })), StringComparison.Ordinal);
        Assert.Equal([], Differences([_root], _lower with { Critical = [("1.2.3.4", [5, 0])] }));
    }

    private string[] Differences(X509Certificate2[] anchors, params CrlMaker[] lists)
    {
        Trial trial = TrialSet.Of(ScenarioLoader.Parse("""
            name: x
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy, issuer: ca } }
            connections: [amy -> bob]
            """)).Trials.First();
        X509Certificate2 server = _make.Make("localhost", _intermediate, [CertificateMaker.Dns("localhost")]);
        EndArtifacts End(X509Certificate2 leaf, ReadOnlyMemory<byte>[]? crls) => new([leaf.RawDataMemory], [], [.. anchors.Select(anchor => anchor.RawDataMemory)])
        {
            Crls = crls is null ? null : [.. crls],
        };
        var artifacts = new TrialArtifacts(End(_leaf, null), End(server, [.. lists.Select(list => (ReadOnlyMemory<byte>)list.Encode())]));
        return [.. KnownDifferences.Of(trial, artifacts)];
    }

    private static PeerVerifier Verifier(IEnumerable<X509Certificate2> anchors, params CrlMaker[] lists) =>
        new([.. anchors], null, RevocationChecker.Of(lists.Select(list => (ReadOnlyMemory<byte>)list.Encode())));

    private string Judge(params CrlMaker[] lists)
    {
        PeerJudgement judgement = Verifier([_root], lists).Judge(_leaf, [_intermediate], Side.Client);
        return judgement.IsAccepted ? "accepted" : $"{judgement.Reason}: {judgement.StackMessage}";
    }
}
