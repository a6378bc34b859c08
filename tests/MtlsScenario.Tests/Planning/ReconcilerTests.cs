using MtlsScenario.Model;
using MtlsScenario.Reconciling;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>What must be made of keys and certificates, and why.</summary>
public sealed class ReconcilerTests : IDisposable
{
    private readonly AppliedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_run_makes_the_files_of_the_article()
    {
        _folder.Apply(AmyBob.Scenario);

        Assert.Equal(
            ["amy_client.crt", "amy_client.csr", "amy_client.key", "bob_server.crt", "bob_server.csr", "bob_server.key", "ca.crt", "ca.key"],
            _folder.Contents().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_second_run_has_nothing_to_do()
    {
        _folder.Apply(AmyBob.Scenario);

        Reconciliation second = _folder.Compare(AmyBob.Scenario);

        Assert.False(second.HasWork);
        Assert.Empty(second.Obstacles);
        Assert.Empty(second.Strangers);
    }

    [Fact]
    public void A_name_that_is_added_reissues_that_certificate_and_says_so()
    {
        _folder.Apply(AmyBob.Scenario);

        Reconciliation change = _folder.Compare(WithServer(AmyBob.Scenario, server => server with
        {
            Names = [.. server.Names, new GeneralName(GeneralNameKind.IpAddress, "127.0.0.1")],
        }));

        Assert.Equal(["bob_server: names: localhost -> localhost, 127.0.0.1"], Reasons(change));
    }

    [Fact]
    public void A_certificate_that_is_gone_is_issued_again_with_the_key_that_is_there()
    {
        _folder.Apply(AmyBob.Scenario);
        byte[] key = File.ReadAllBytes(_folder.At("bob_server.key"));
        File.Delete(_folder.At("bob_server.crt"));

        Assert.Equal(["bob_server: missing"], Reasons(_folder.Apply(AmyBob.Scenario)));
        Assert.Equal(key, File.ReadAllBytes(_folder.At("bob_server.key")));
        Assert.False(_folder.Compare(AmyBob.Scenario).HasWork);
    }

    [Fact]
    public void An_authority_whose_certificate_is_gone_keeps_its_key_and_what_it_signed()
    {
        _folder.Apply(AmyBob.Scenario);
        File.Delete(_folder.At("ca.crt"));

        Assert.Equal(["ca: missing"], Reasons(_folder.Apply(AmyBob.Scenario)));
        Assert.False(_folder.Compare(AmyBob.Scenario).HasWork);
    }

    [Fact]
    public void An_authority_whose_key_is_gone_is_an_obstacle_while_what_it_signed_is_there()
    {
        _folder.Apply(AmyBob.Scenario);
        File.Delete(_folder.At("ca.key"));
        File.Delete(_folder.At("ca.crt"));

        Obstacle obstacle = Assert.Single(_folder.Compare(AmyBob.Scenario).Obstacles);
        Assert.Equal(
            "ca.key is gone, while bob_server.crt, which it signed, is there; an authority's key is replaced only when --new-key names it",
            obstacle.Message);
    }

    [Fact]
    public void A_new_key_of_an_authority_reissues_everything_below_it_and_puts_the_old_one_aside()
    {
        _folder.Apply(AmyBob.Scenario);
        byte[] old = File.ReadAllBytes(_folder.At("ca.key"));

        Reconciliation change = _folder.Apply(AmyBob.Scenario, new ReconciliationOptions(NewKeys: ["ca"]));

        Assert.Equal(
            ["ca: key: a new one", "bob_server: issuer: ca gets a new key", "amy_client: issuer: ca gets a new key"],
            Reasons(change));
        Assert.Equal(old, File.ReadAllBytes(_folder.At(".ca.key.20261124T120000Z")));
        Assert.False(_folder.Compare(AmyBob.Scenario).HasWork);
    }

    [Fact]
    public void An_authority_s_key_of_the_wrong_kind_is_replaced_only_when_named()
    {
        _folder.Apply(AmyBob.Scenario);
        Authority ca = AmyBob.Scenario.Authorities[0];
        Scenario planned = AmyBob.Scenario with
        {
            Authorities = [ca with { Certificate = ca.Certificate! with { Key = KeyAlgorithm.EcP384 } }],
        };

        Assert.Equal(
            "ca.key is ec-p256, and the scenario says ec-p384; an authority's key is replaced only when --new-key names it",
            Assert.Single(_folder.Compare(planned).Obstacles).Message);
        _folder.Apply(planned, new ReconciliationOptions(NewKeys: ["ca"]));
        Assert.False(_folder.Compare(planned).HasWork);
    }

    [Fact]
    public void A_leaf_s_key_of_the_wrong_kind_is_replaced_and_put_aside()
    {
        _folder.Apply(AmyBob.Scenario);
        Scenario planned = WithServer(AmyBob.Scenario, server => server with { Key = KeyAlgorithm.EcP384 });

        CertificateChange change = Assert.Single(_folder.Apply(planned).Changes, change => change.HasWork);

        Assert.Equal((KeyAction.Replace, "ec-p256 -> ec-p384"), (change.Key, change.KeyReason?.Text));
        Assert.True(File.Exists(_folder.At(".bob_server.key.20261124T120000Z")));
        Assert.False(_folder.Compare(planned).HasWork);
    }

    [Theory]
    [InlineData("not a key at all")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIBvTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIE/BeVg==\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    public void A_key_that_cannot_be_used_is_an_obstacle_and_not_a_missing_one(string content)
    {
        _folder.Apply(AmyBob.Scenario);
        File.WriteAllText(_folder.At("bob_server.key"), content);

        Assert.StartsWith(
            "bob_server.key is there and cannot be used: ",
            Assert.Single(_folder.Compare(AmyBob.Scenario).Obstacles).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_due_is_reissued_and_one_that_ends_at_a_written_instant_is_not()
    {
        Scenario written = WithServer(AmyBob.Scenario, server => server with
        {
            Lifetime = new Lifetime(new TimePoint.Offset(TimeSpan.Zero), new TimePoint.Instant(_folder.Now.AddDays(10))),
        });
        _folder.Apply(written);

        _folder.Now = _folder.Now.AddDays(200);
        Assert.False(_folder.Compare(written).HasWork);

        _folder.Now = _folder.Now.AddDays(60);
        Assert.Equal(
            [
                "ca: due: since 2027-07-25T20:00:00Z, ends 2027-11-24T12:00:00Z",
                "amy_client: due: since 2027-07-25T20:00:00Z, ends 2027-11-24T12:00:00Z",
            ],
            Reasons(_folder.Compare(written)));
    }

    [Fact]
    public void A_lifetime_that_moves_reissues_although_its_length_stays()
    {
        Scenario from(int begin) => WithServer(AmyBob.Scenario, server => server with
        {
            Lifetime = new Lifetime(
                new TimePoint.Offset(TimeSpan.FromDays(begin)), new TimePoint.Offset(TimeSpan.FromDays(begin + 9))),
        });
        _folder.Apply(from(10));
        Assert.False(_folder.Compare(from(10)).HasWork);

        Assert.Equal(
            ["bob_server: lifetime: from 2026-12-04T12:00:00Z -> from 2026-11-24T12:00:00Z"], Reasons(_folder.Apply(from(0))));
        Assert.Equal(
            ["bob_server: lifetime: from 2026-11-24T12:00:00Z -> from 2026-11-14T12:00:00Z"], Reasons(_folder.Apply(from(-10))));

        // Expired on purpose: that is no reason to renew it.
        Assert.False(_folder.Compare(from(-10)).HasWork);
        Assert.Equal(["bob_server: expired: 2026-11-23T12:00:00Z"], Reasons(_folder.Apply(from(0))));
    }

    [Fact]
    public void A_leaf_that_changes_its_issuer_is_the_only_one_reissued()
    {
        Scenario two = AmyBob.Scenario with
        {
            Authorities = [.. AmyBob.Scenario.Authorities, AmyBob.Authority("other", commonName: "ca")],
        };
        _folder.Apply(two);
        Scenario swapped = WithServer(two, server => server with { Issuer = "other" });

        Assert.Equal(["bob_server: issuer: not signed by the key of other"], Reasons(_folder.Apply(swapped)));
        Assert.False(_folder.Compare(swapped).HasWork);
    }

    [Fact]
    public void Renewing_keeps_the_keys()
    {
        _folder.Apply(AmyBob.Scenario);
        Dictionary<string, byte[]> before = _folder.Contents();

        _folder.Apply(AmyBob.Scenario, new ReconciliationOptions(Renew: true));

        Dictionary<string, byte[]> after = _folder.Contents();
        Assert.All(before.Keys, path => Assert.Equal(!path.EndsWith(".crt", StringComparison.Ordinal), before[path].SequenceEqual(after[path])));
    }

    private static string[] Reasons(Reconciliation reconciliation) =>
        [.. reconciliation.Changes.Where(change => change.Issues).Select(change => $"{change.Stem}: {string.Join("; ", change.Reasons)}")];

    private static Scenario WithServer(Scenario scenario, Func<CertificateSpecification, CertificateSpecification> change)
    {
        Party bob = scenario.Parties[0];
        PartyCertificate server = bob.Certificates[0];
        return scenario with
        {
            Parties = scenario.Parties.SetItem(0, bob with { Certificates = [server with { Certificate = change(server.Certificate) }] }),
        };
    }
}
