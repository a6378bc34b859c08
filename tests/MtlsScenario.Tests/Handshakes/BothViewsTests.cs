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
    private static readonly EndView s_silent = new() { StackMessage = "closed" };

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

    [Fact]
    public void A_server_that_does_not_say_whom_it_let_in_accepted_nobody() =>
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_servedClient, s_servedServer with { PeerCertificate = null }));

    [Fact]
    public void Where_both_reject_the_client_was_first()
    {
        var client = new EndView { Rejects = new EndRejection(RejectionReason.NameMismatch, "62") };
        var server = new EndView { Rejects = new EndRejection(RejectionReason.Expired, "10") };
        Assert.Equal(new Verdict.Rejected(Side.Client, RejectionReason.NameMismatch, "62"), Conclude(client, server));
    }

    [Fact]
    public void A_version_is_turned_away_by_a_server_alone_and_only_below_its_least()
    {
        var said = new EndView { Rejects = new EndRejection(RejectionReason.TlsVersion, "unsupported protocol") };
        var told = new EndView { Told = new EndRejection(RejectionReason.TlsVersion, "alert protocol version") };
        foreach ((EndView client, EndView server) in new[] { (s_silent, said), (told, s_silent), (said, s_silent), (s_silent, told) })
        {
            Assert.IsType<Verdict.Inconclusive>(Conclude(client, server));
            Assert.IsType<Verdict.Inconclusive>(Conclude(client, server, trial => trial with { Offered = TlsVersion.Tls12 }));
        }

        Assert.Equal(new Verdict.Rejected(Side.Server, RejectionReason.TlsVersion, "unsupported protocol"), Conclude(s_silent, said, Newer));
        Assert.Equal(new Verdict.Rejected(Side.Server, RejectionReason.TlsVersion, "alert protocol version"), Conclude(told, s_silent, Newer));
        Assert.IsType<Verdict.Inconclusive>(Conclude(said, s_silent, Newer));

        static Trial Newer(Trial trial) => trial with
        {
            Offered = TlsVersion.Tls12,
            Server = trial.Server with { Certificate = trial.Server.Certificate with { MinimumTls = TlsVersion.Tls13 } },
        };
    }

    [Fact]
    public void A_lack_that_was_not_meant_and_a_list_that_is_not_there_are_no_judgement()
    {
        var lacking = new EndView { Rejects = new EndRejection(RejectionReason.NoCertificate, "peer did not return a certificate") };
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_silent, lacking));
        Assert.IsType<Verdict.Rejected>(Conclude(s_silent, lacking, trial => trial with { Connection = trial.Connection with { PresentsNothing = true } }));

        var excluding = new EndView { Rejects = new EndRejection(RejectionReason.NotAdmitted, "HTTP status 403") };
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_silent, excluding));
        Assert.IsType<Verdict.Rejected>(Conclude(s_silent, excluding, trial => trial with
        {
            Server = trial.Server with { Certificate = trial.Server.Certificate with { Admits = [] } },
        }));
    }

    [Fact]
    public void A_rejection_of_another_certificate_than_the_one_that_was_presented_is_no_judgement_of_it()
    {
        var rejects = new EndView { Rejects = new EndRejection(RejectionReason.Expired, "10"), PeerCertificate = s_servers };
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_silent, rejects));
        Assert.IsType<Verdict.Rejected>(Conclude(s_silent, rejects with { PeerCertificate = s_clients }));
    }

    [Fact]
    public void A_failure_that_may_be_a_judgement_is_one_where_the_certificates_bear_it_out()
    {
        var fails = new EndView
        {
            Rejects = new EndRejection(null, "EVP lib") { Among = [RejectionReason.BadSignature], IsJudgementIfBorneOut = true },
        };
        Assert.IsType<Verdict.Inconclusive>(Conclude(s_silent, fails));
    }

    [Fact]
    public void An_alert_that_anybody_sends_and_a_status_of_HTTP_that_says_nothing_of_the_caller_reject_nobody()
    {
        Assert.False(TlsAlert.FindIn("sslv3 alert handshake failure")!.IsJudgement);
        Assert.True(TlsAlert.FindIn("tlsv1 alert unknown ca")!.IsJudgement);
        Assert.Equal((false, true), (ExchangeText.View("HTTP/1.1 403 Forbidden\r\n\r\n").IsComplete, ExchangeText.View("HTTP/1.1 403 Forbidden\r\n\r\n").Told is not null));
        Assert.Equal((false, false), (ExchangeText.View("HTTP/1.1 500 No\r\n\r\n").IsComplete, ExchangeText.View("HTTP/1.1 500 No\r\n\r\n").Told is not null));
        Assert.True(ExchangeText.View("HTTP/1.1 200 OK\r\n\r\n").IsComplete);
    }

    private static Verdict Conclude(EndView client, EndView server, Func<Trial, Trial>? change = null)
    {
        var artifacts = new TrialArtifacts(new EndArtifacts([s_clients], [], []), new EndArtifacts([s_servers], [], []));
        var trial = new Trial(
            new Connection { From = new("amy"), To = new("bob"), Host = "localhost" },
            new TrialEnd("amy", null, End(Role.Client)),
            new TrialEnd("bob", null, End(Role.Server)),
            TlsVersion.Tls13);
        return new BothViews(client, server).Conclude(change?.Invoke(trial) ?? trial, artifacts);
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
