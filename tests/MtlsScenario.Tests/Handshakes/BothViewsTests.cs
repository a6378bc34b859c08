using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

/// <summary>A verdict is never taken from one end alone.</summary>
public sealed class BothViewsTests
{
    private static readonly byte[] s_clients = [1];
    private static readonly byte[] s_servers = [2];
    private static readonly EndView s_servedClient = new() { IsComplete = true, PeerCertificate = s_servers, Version = TlsVersion.Tls13 };
    private static readonly EndView s_servedServer = new() { IsComplete = true, PeerCertificate = s_clients, Version = TlsVersion.Tls13 };
    private static readonly EndView s_silent = new() { Words = "closed" };

    [Fact]
    public void Acceptance_needs_both_ends()
    {
        Assert.Equal(new Verdict.Accepted(TlsVersion.Tls13), Conclude(s_servedClient, s_servedServer));
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_servedClient, s_silent));
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_silent, s_servedServer));
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_silent, s_silent));
    }

    [Fact]
    public void A_rejection_by_an_end_that_served_the_other_all_the_same_is_none()
    {
        var rejects = new EndView { Rejects = new EndRejection(RejectionReason.Expired, "expired") };
        Assert.IsType<Verdict.Rejected>(Conclude(rejects, s_silent));
        Assert.IsType<Verdict.Inconclusive>(Conclude(rejects, s_servedServer));
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_servedClient, rejects));
    }

    [Fact]
    public void An_end_that_believes_in_its_success_does_not_hide_that_the_other_rejected_it()
    {
        // As a client of a .NET server does, up to its first read.
        var believes = new EndView { PeerCertificate = s_servers, Version = TlsVersion.Tls13 };
        var rejects = new EndView { Rejects = new EndRejection(RejectionReason.UnknownIssuer, "PartialChain") };
        Assert.Equal(new Verdict.Rejected(Side.Server, RejectionReason.UnknownIssuer, "PartialChain"), Conclude(believes, rejects));
    }

    [Fact]
    public void What_an_end_says_of_itself_counts_more_than_what_the_other_was_told()
    {
        var told = new EndView { Told = new EndRejection(null, "alert bad certificate") };
        var rejects = new EndView { Rejects = new EndRejection(RejectionReason.PathLength, "25") };
        Assert.Equal(new Verdict.Rejected(Side.Server, RejectionReason.PathLength, "25"), Conclude(told, rejects));
        Assert.Equal(new Verdict.Rejected(Side.Server, null, "alert bad certificate"), Conclude(told, s_silent));
    }

    [Fact]
    public void Another_certificate_than_the_one_that_was_presented_is_no_acceptance()
    {
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_servedClient with { PeerCertificate = s_clients }, s_servedServer));
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_servedClient, s_servedServer with { PeerCertificate = s_servers }));
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_servedClient with { Version = TlsVersion.Tls12 }, s_servedServer));
    }

    private static Verdict Conclude(EndView client, EndView server)
    {
        using var artifacts = new TrialArtifacts(new EndArtifacts([s_clients], [], []), new EndArtifacts([s_servers], [], []));
        var trial = new Trial(
            new Connection { From = new("amy"), To = new("bob"), Host = "localhost" },
            new TrialEnd("amy", null, End(Role.Client)),
            new TrialEnd("bob", null, End(Role.Server)),
            TlsVersion.Tls13);
        return new BothViews(client, server).Conclude(trial, artifacts);
    }

    private static PartyCertificate End(Role role) => new()
    {
        Role = role,
        Certificate = new CertificateSpecification
        {
            Subject = new([new([new(AttributeType.CommonName, "leaf")])]),
            Issuer = "root",
        },
    };
}
