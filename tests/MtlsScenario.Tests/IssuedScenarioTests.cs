using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tests.Files;
using MtlsScenario.Tests.Planning;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests;

public sealed class IssuedScenarioTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_parties_get_through_to_each_other_with_the_options_they_are_given()
    {
        using IssuedScenario issued = IssuedScenario.Issue(WithIntermediate());
        IssuedCertificate bob = issued.Certificate("bob", Role.Server);
        IssuedCertificate amy = issued.Certificate("amy", Role.Client);
        (DuplexStream atAmy, DuplexStream atBob) = DuplexStream.Pair();
        await using var client = new SslStream(atAmy);
        await using var server = new SslStream(atBob);

        await Task.WhenAll(
            client.AuthenticateAsClientAsync(amy.ClientOptions("localhost")),
            server.AuthenticateAsServerAsync(bob.ServerOptions()));

        Assert.Equal("CN=amy-client", server.RemoteCertificate!.Subject);
        Assert.Equal("CN=localhost", client.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task A_caller_of_another_scenario_is_turned_away()
    {
        using IssuedScenario issued = IssuedScenario.Issue(AmyBob.Scenario);
        using IssuedScenario other = IssuedScenario.Issue(AmyBob.Scenario);
        (DuplexStream atAmy, DuplexStream atBob) = DuplexStream.Pair();
        await using var client = new SslStream(atAmy);
        await using var server = new SslStream(atBob);
        SslClientAuthenticationOptions options = other.Certificate("amy", Role.Client).ClientOptions("localhost");
        options.CertificateChainPolicy = issued.Certificate("amy", Role.Client).ClientOptions("localhost").CertificateChainPolicy;

        // The client's own handshake may succeed: in TLS 1.3 it is over before the server has judged.
        Task calling = client.AuthenticateAsClientAsync(options);
        await Assert.ThrowsAsync<System.Security.Authentication.AuthenticationException>(
            () => server.AuthenticateAsServerAsync(issued.Certificate("bob", Role.Server).ServerOptions()));
        await calling.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Theory]
    [InlineData("amy-client", true)]
    [InlineData("*", true)]
    [InlineData("carl", false)]
    public async Task The_options_of_a_server_admit_whom_the_scenario_admits(string entry, bool isAdmitted)
    {
        Party bob = AmyBob.Scenario.Party("bob");
        using IssuedScenario issued = IssuedScenario.Issue(AmyBob.Scenario with
        {
            Parties =
            [
                bob with { Certificates = [.. bob.Certificates.Select(certificate => certificate with { Admits = [new AdmissionPattern(null, entry)] })] },
                AmyBob.Scenario.Party("amy"),
            ],
        });
        (DuplexStream atAmy, DuplexStream atBob) = DuplexStream.Pair();
        await using var client = new SslStream(atAmy);
        await using var server = new SslStream(atBob);
        Task calling = client.AuthenticateAsClientAsync(issued.Certificate("amy", Role.Client).ClientOptions("localhost"));

        Exception? fault = await Record.ExceptionAsync(() => server.AuthenticateAsServerAsync(issued.Certificate("bob", Role.Server).ServerOptions()));

        Assert.Equal(isAdmitted, fault is null);
        await calling.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public void The_clock_is_the_callers()
    {
        using IssuedScenario issued = IssuedScenario.Issue(
            AmyBob.Scenario, new IssuingOptions { Time = new FixedTime(Now) });
        X509Certificate2 certificate = issued.Certificate("bob", Role.Server).PublicCertificate;
        Assert.Equal(Now.UtcDateTime, certificate.NotBefore.ToUniversalTime());
        Assert.Equal(Now.UtcDateTime.AddDays(365), certificate.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void An_intermediate_stands_between_leaf_and_anchor()
    {
        using IssuedScenario issued = IssuedScenario.Issue(WithIntermediate());
        IssuedCertificate bob = issued.Certificate("bob", Role.Server);
        Assert.Equal("bob_server", bob.Stem);
        Assert.Equal(["CN=issuing"], bob.Intermediates.Select(certificate => certificate.Subject));
        Assert.Equal(["CN=ca"], bob.TrustAnchors.Select(certificate => certificate.Subject));
        Assert.True(bob.Certificate.HasPrivateKey);
        Assert.False(bob.PublicCertificate.HasPrivateKey);
        Assert.Equal(bob.Certificate.Thumbprint, X509Certificate2.CreateFromPem(bob.CertificatePem, bob.PrivateKeyPem).Thumbprint);
    }

    [Fact]
    public void What_is_written_to_a_folder_needs_no_further_apply()
    {
        using var folder = new TemporaryFolder();
        using IssuedScenario issued = IssuedScenario.Issue(WithFleet(3), new IssuingOptions { Time = new FixedTime(Now) });
        IssuedCertificate second = issued.Certificate("device", Role.Client, 2);
        issued.WriteTo(folder.At("out"));

        Reconciliation comparison = Reconciler.Run(
            Planner.For(issued.Scenario), new FolderReader(folder.At("out")), new ReconciliationOptions(), Now);
        Assert.False(comparison.HasWork);
        Assert.Empty(comparison.Obstacles);
        Assert.Empty(comparison.Strangers);
        Assert.Equal(second.CertificatePem, File.ReadAllText(folder.At("out/device-2_client.crt")));
        Assert.Equal(second.PrivateKeyPem, File.ReadAllText(folder.At("out/device-2_client.key")));
        Assert.Equal(issued.Authority("ca").CertificatePem, File.ReadAllText(folder.At("out/ca.crt")));
    }

    [Fact]
    public void A_folder_that_holds_anything_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("ca.key"), "mine");
        using IssuedScenario issued = IssuedScenario.Issue(AmyBob.Scenario);
        IOException exception = Assert.ThrowsAny<IOException>(() => issued.WriteTo(folder.Root));
        Assert.EndsWith("is not empty", exception.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder.At("ca.key")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void A_fleet_is_made_as_it_is_asked_for()
    {
        using IssuedScenario issued = IssuedScenario.Issue(WithFleet(1000));
        IssuedCertificate seventh = issued.Certificate("device", Role.Client, 7);
        Assert.Same(seventh, issued.Certificate("device", Role.Client, 7));
        Assert.Equal("device-7_client", seventh.Stem);
        Assert.Equal("CN=device-7", seventh.PublicCertificate.Subject);

        var seen = new ConcurrentDictionary<string, string>();
        issued.ForEachReplica("device", Role.Client, each => Assert.True(seen.TryAdd(each.Stem, each.CertificatePem)));
        Assert.Equal(1000, seen.Count);
        Assert.Equal(1000, seen.Values.Distinct().Count());
        Assert.Equal(seventh.CertificatePem, seen["device-7_client"]);
        Assert.True(ParsedCertificate.TryRead(
            Encoding.ASCII.GetBytes(issued.Authority("ca").CertificatePem), out ParsedCertificate? ca));
        Assert.All(seen.Values, pem =>
        {
            Assert.True(ParsedCertificate.TryRead(Encoding.ASCII.GetBytes(pem), out ParsedCertificate? leaf));
            Assert.True(leaf.IsSignedBy(ca.SubjectPublicKeyInfo));
        });
    }

    [Fact]
    public void A_fleet_can_be_ended_early()
    {
        using IssuedScenario issued = IssuedScenario.Issue(WithFleet(100_000));
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => issued.ForEachReplica("device", Role.Client, _ => source.Cancel(), source.Token));
    }

    [Fact]
    public void An_Ed25519_key_is_given_as_PEM_only()
    {
        PartyCertificate ed25519 = AmyBob.Certificate(Role.Server, "localhost", "ca", "ca");
        ed25519 = ed25519 with { Certificate = ed25519.Certificate with { Key = KeyAlgorithm.Ed25519 } };
        using IssuedScenario issued = IssuedScenario.Issue(AmyBob.Scenario with
        {
            Parties = [new Party { Name = "bob", Certificates = [ed25519] }],
        });
        IssuedCertificate bob = issued.Certificate("bob", Role.Server);
        Assert.Equal("CN=localhost", bob.PublicCertificate.Subject);
        Assert.IsType<KeyReadResult.Read>(PrivateKey.ReadPem(Encoding.ASCII.GetBytes(bob.PrivateKeyPem))).Key.Dispose();
        Assert.Equal(
            ".NET has no Ed25519 keys: take PublicCertificate and PrivateKeyPem of \"bob_server\".",
            Assert.Throws<NotSupportedException>(() => bob.Certificate).Message);
    }

    [Fact]
    public void An_external_authority_is_supplied_by_the_caller()
    {
        Scenario scenario = AmyBob.Scenario with
        {
            Authorities = [new Authority { Name = "ca", IsExternal = true }],
        };
        Assert.Equal(
            "Authority \"ca\" is external: supply it in IssuingOptions.ExternalAuthorities.",
            Assert.Throws<ArgumentException>(() => IssuedScenario.Issue(scenario)).Message);

        using IssuedScenario elsewhere = IssuedScenario.Issue(AmyBob.Scenario);
        IssuedCertificate company = elsewhere.Authority("ca");
        Assert.Equal(
            "Authority \"ca\" is external and issues \"bob_server\": its private key must be supplied too.",
            Assert.Throws<ArgumentException>(() => IssueWith(scenario, new ExternalAuthority(company.CertificatePem))).Message);
        Assert.Throws<ArgumentException>(() => IssueWith(
            scenario, new ExternalAuthority(company.CertificatePem, elsewhere.Certificate("bob", Role.Server).PrivateKeyPem)));

        using IssuedScenario issued = IssueWith(
            scenario, new ExternalAuthority(company.CertificatePem, company.PrivateKeyPem));
        Assert.Equal(company.CertificatePem, issued.Authority("ca").CertificatePem);
        using var folder = new TemporaryFolder();
        issued.WriteTo(folder.At("out"));
        Assert.False(Reconciler.Run(
            Planner.For(scenario), new FolderReader(folder.At("out")), new ReconciliationOptions(), DateTimeOffset.UtcNow).HasWork);
    }

    private static IssuedScenario IssueWith(Scenario scenario, ExternalAuthority authority) => IssuedScenario.Issue(
        scenario,
        new IssuingOptions { ExternalAuthorities = new Dictionary<string, ExternalAuthority> { ["ca"] = authority } });

    private static Scenario WithIntermediate() => AmyBob.Scenario with
    {
        Authorities = [AmyBob.Authority("ca"), AmyBob.Authority("issuing", issuer: "ca")],
        Parties =
        [
            new Party { Name = "bob", Certificates = [AmyBob.Certificate(Role.Server, "localhost", "issuing", "ca")] },
            new Party { Name = "amy", Certificates = [AmyBob.Certificate(Role.Client, "amy-client", "issuing", "ca")] },
        ],
    };

    private static Scenario WithFleet(int count) => AmyBob.Scenario with
    {
        Parties =
        [
            .. AmyBob.Scenario.Parties,
            new Party
            {
                Name = "device",
                Replicas = count,
                Certificates = [AmyBob.Certificate(Role.Client, "device-{n}", "ca", "ca")],
            },
        ],
    };

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
