using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests.Handshakes;

public sealed class DotNetStackTests : IDisposable
{
    private readonly CertificateMaker _make = new();
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _client;
    private readonly X509Certificate2 _server;

    public DotNetStackTests()
    {
        _root = _make.Root();
        _client = _make.Leaf(_root, CertificateMaker.Purpose(CertificateMaker.ClientAuth));
        _server = _make.Leaf(
            _root, CertificateMaker.Purpose(CertificateMaker.ServerAuth), CertificateMaker.Dns("localhost"));
    }

    public void Dispose() => _make.Dispose();

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task Two_who_trust_each_other_get_through(TlsVersion version) =>
        Assert.Equal(new Verdict.Accepted(version), await TryAsync(version));

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task A_server_that_turns_a_client_away_in_silence_is_the_one_that_rejected(TlsVersion version)
    {
        X509Certificate2 stranger = _make.Leaf(_make.Root("other"));
        Verdict verdict = await TryAsync(version, client: [stranger]);
        Assert.Equal((Side.Server, RejectionReason.UnknownIssuer), Rejection(verdict));
    }

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task A_client_that_sends_no_certificate_is_rejected(TlsVersion version)
    {
        Verdict verdict = await TryAsync(version, connection => connection with { PresentsNothing = true });
        Assert.Equal((Side.Server, RejectionReason.NoCertificate), Rejection(verdict));
    }

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task A_client_rejects_a_server_it_did_not_call_by_that_name(TlsVersion version)
    {
        Verdict verdict = await TryAsync(version, connection => connection with { Host = "elsewhere" });
        Assert.Equal((Side.Client, RejectionReason.NameMismatch), Rejection(verdict));
    }

    [Fact]
    public async Task An_old_version_is_rejected_by_the_server_that_wants_a_newer_one()
    {
        Verdict verdict = await TryAsync(TlsVersion.Tls12, server: end => end with { MinimumTls = TlsVersion.Tls13 });
        Assert.Equal((Side.Server, RejectionReason.TlsVersion), Rejection(verdict));
    }

    [Fact]
    public async Task A_caller_who_is_verified_but_not_admitted_is_turned_away()
    {
        Verdict verdict = await TryAsync(TlsVersion.Tls13, server: end => end with { Admits = [new(null, "amy")] });
        Assert.Equal((Side.Server, RejectionReason.NotAdmitted), Rejection(verdict));
        Assert.IsType<Verdict.Accepted>(
            await TryAsync(TlsVersion.Tls13, server: end => end with { Admits = [new(null, "leaf")] }));
    }

    [Fact]
    public async Task A_connection_at_a_later_date_meets_certificates_that_have_expired()
    {
        Verdict verdict = await TryAsync(
            TlsVersion.Tls13, connection => connection with { At = CertificateMaker.Now.AddDays(40) });
        Assert.Equal((Side.Client, RejectionReason.Expired), Rejection(verdict));
    }

    [Fact]
    public async Task What_an_end_presents_is_all_that_it_sends()
    {
        X509Certificate2 intermediate = _make.Intermediate(_root);
        X509Certificate2 below = _make.Leaf(intermediate);
        Assert.IsType<Verdict.Accepted>(await TryAsync(TlsVersion.Tls13, client: [below, intermediate]));
        Assert.Equal(
            (Side.Server, RejectionReason.UnknownIssuer), Rejection(await TryAsync(TlsVersion.Tls13, client: [below])));
    }

    [Fact]
    public async Task A_chain_that_dotnet_would_not_present_whole_is_not_tried()
    {
        X509Certificate2 unrelated = _make.Intermediate(_root, "unrelated");
        Assert.IsType<Verdict.NotTried>(await TryAsync(TlsVersion.Tls13, client: [_client, unrelated]));
    }

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task A_certificate_that_dotnet_does_not_take_for_its_own_is_no_judgement_of_the_other_end(TlsVersion version)
    {
        using var key = System.Security.Cryptography.RSA.Create(1024);
        using X509Certificate2 weak = CertificateMaker.Weak(_root, key);
        EndArtifacts Weak() => new([weak.RawDataMemory], key.ExportPkcs8PrivateKey(), [_root.RawDataMemory]);
        var ofServer = new TrialArtifacts(ArtifactsOf([_client]), Weak());
        var ofClient = new TrialArtifacts(Weak(), ArtifactsOf([_server]));

        foreach (TrialArtifacts artifacts in new[] { ofServer, ofClient })
        {
            var verdict = Assert.IsType<Verdict.NotTried>(await new DotNetStack().TryAsync(NewTrial(version), artifacts, default));
            Assert.Equal(".NET cannot use its own certificate: ee key too small", verdict.Why);
        }
    }

    [Fact]
    public async Task A_key_that_is_not_the_certificates_is_not_tried()
    {
        using X509Certificate2 publicPart = X509CertificateLoader.LoadCertificate(_client.RawData);
        using var otherKey = System.Security.Cryptography.RSA.Create(2048);
        var artifacts = new TrialArtifacts(
            new EndArtifacts([publicPart.RawData], otherKey.ExportPkcs8PrivateKey(), [_root.RawData]),
            ArtifactsOf([_server]));
        Assert.IsType<Verdict.NotTried>(await new DotNetStack().TryAsync(NewTrial(TlsVersion.Tls13), artifacts, default));
    }

    private async Task<Verdict> TryAsync(
        TlsVersion version,
        Func<Connection, Connection>? connection = null,
        Func<PartyCertificate, PartyCertificate>? server = null,
        X509Certificate2[]? client = null)
    {
        var artifacts = new TrialArtifacts(ArtifactsOf(client ?? [_client]), ArtifactsOf([_server]));
        Trial trial = NewTrial(version);
        trial = trial with
        {
            Connection = connection?.Invoke(trial.Connection) ?? trial.Connection,
            Server = trial.Server with { Certificate = server?.Invoke(trial.Server.Certificate) ?? trial.Server.Certificate },
        };
        return await new DotNetStack().TryAsync(trial, artifacts, CancellationToken.None);
    }

    private EndArtifacts ArtifactsOf(X509Certificate2[] chain)
    {
        using System.Security.Cryptography.ECDsa key = chain[0].GetECDsaPrivateKey()!;
        return new EndArtifacts(
            [.. chain.Select(certificate => certificate.RawDataMemory)], key.ExportPkcs8PrivateKey(), [_root.RawDataMemory]);
    }

    private static Trial NewTrial(TlsVersion version) => new(
        new Connection { From = new("amy"), To = new("bob"), Host = "localhost" },
        new TrialEnd("amy", null, End(Role.Client)),
        new TrialEnd("bob", null, End(Role.Server)),
        version);

    private static PartyCertificate End(Role role) => new()
    {
        Role = role,
        Certificate = new CertificateSpecification
        {
            Subject = new([new([new(AttributeType.CommonName, "leaf")])]),
            Issuer = "root",
        },
    };

    private static (Side, RejectionReason?) Rejection(Verdict verdict)
    {
        Verdict.Rejected rejected = Assert.IsType<Verdict.Rejected>(verdict);
        return (rejected.By, rejected.Reason);
    }
}
