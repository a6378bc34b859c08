using System.Numerics;
using MtlsScenario.Model;
using MtlsScenario.Reconciling;
using MtlsScenario.Revocation;
using MtlsScenario.X509;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>When a CRL is made, what is on it, and what becomes of what was revoked.</summary>
public sealed class CrlsInStepTests : IDisposable
{
    private const string Yaml = """
        name: x
        defaults: { key: ec-p256, revocation: crl }
        authorities:
          root: { subject: /CN=root, lifetime: 3650d }
          ca: { subject: /CN=ca, issuer: root, lifetime: 3000d }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca } }
          amy: { client: { subject: /CN=amy, issuer: ca } }
          eve: { client: { subject: /CN=eve, issuer: ca } }
        connections: [amy -> bob, eve -> bob]
        """;

    private readonly AppliedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("folders: by-party")]
    public void What_is_in_step_has_nothing_to_do_and_every_list_verifies(string folders)
    {
        Scenario scenario = With("issuer: ca } }\n  eve", "issuer: ca, revoked: keyCompromise } }\n  eve", $"{Yaml}\n{folders}");
        _folder.Apply(scenario);

        Assert.False(_folder.Compare(scenario).HasWork);
        string at = folders.Length == 0 ? "" : "ca/";
        CrlEntry entry = Assert.Single(Crl($"{at}ca.crl").Entries);
        Assert.Equal((Serial($"{at}amy_client.crt"), RevocationReason.KeyCompromise), (entry.SerialNumber, entry.Reason));
        Assert.Equal(Certificate($"{at}ca.crt").NotAfter, Crl($"{at}ca.crl").NextUpdate);
        Assert.True(Crl($"{at}ca.crl").IsSignedBy(Certificate($"{at}ca.crt").SubjectPublicKeyInfo));
        Assert.Equal(
            ["/CN=root", "/CN=ca"],
            ParsedCrl.ReadAll(File.ReadAllBytes(_folder.At(folders.Length == 0 ? "bob_server.crl" : "bob/bob_server.crl"))).Select(crl => crl!.Issuer.ToString()));
    }

    [Fact]
    public void Who_is_revoked_no_longer_gets_a_new_certificate_and_the_entry_stays_and_is_named()
    {
        Scenario revoked = With("issuer: ca } }\n  eve", "issuer: ca, revoked: superseded } }\n  eve");
        _folder.Apply(revoked);
        BigInteger old = Serial("amy_client.crt");

        Scenario back = ScenarioLoader.Parse(Yaml);
        Assert.Equal(["revoked: it is on the CRL of ca, and the scenario does not say so"], _folder.Apply(back).Changes.SelectMany(change => change.Reasons).Select(reason => reason.Text));
        Assert.NotEqual(old, Serial("amy_client.crt"));
        Assert.False(_folder.Compare(back).HasWork);

        Reconciliation again = _folder.Apply(revoked);
        Assert.Equal(
            $"revokes amy_client; keeps 0x{old.ToString("x", null).TrimStart('0')}, of which the scenario says nothing",
            again.FinalChanges.First(final => final.Crl is not null).Reason.Text);
        Assert.Equal(Sorted(old, Serial("amy_client.crt")), Crl("ca.crl").Entries.Select(entry => entry.SerialNumber));
    }

    [Fact]
    public void A_written_serial_that_is_on_the_list_is_in_the_way_until_it_changes()
    {
        const string written = "issuer: ca, serial: 7 } }\n  eve";
        Scenario revoked = With("issuer: ca } }\n  eve", "issuer: ca, serial: 7, revoked: true } }\n  eve");
        _folder.Apply(revoked);

        Obstacle obstacle = Assert.Single(_folder.Compare(With("issuer: ca } }\n  eve", written)).Obstacles);
        Assert.Equal("amy_client is to have serial 7, which is on the CRL of ca: an entry is never taken off again", obstacle.Message);
        Assert.Empty(_folder.Compare(With("issuer: ca } }\n  eve", written.Replace("7", "8", StringComparison.Ordinal))).Obstacles);
    }

    [Fact]
    public void A_revoked_one_is_never_renewed()
    {
        Scenario revoked = With("issuer: ca } }\n  eve", "issuer: ca, revoked: true } }\n  eve");
        _folder.Apply(revoked);
        _folder.Now += TimeSpan.FromDays(300);

        Assert.Equal(["bob_server", "eve_client"], _folder.Compare(revoked).Changes.Where(change => change.Issues).Select(change => change.Stem));
        Assert.DoesNotContain(_folder.Compare(revoked, new ReconciliationOptions(Renew: true)).Changes, change => change.Issues && change.Stem == "amy_client");
    }

    [Theory]
    [InlineData("ca.crl")]
    [InlineData("bob_server.crl")]
    public void One_deleted_file_loses_nothing(string file)
    {
        _folder.Apply(With("issuer: ca } }\n  eve", "issuer: ca, revoked: { reason: superseded, at: -3d } } }\n  eve"));
        ParsedCrl before = Crl("ca.crl");
        File.Delete(_folder.At(file));
        _folder.Now += TimeSpan.FromHours(1);

        // Reason and date are remembered too.
        Assert.Equal("missing", _folder.Apply(With("issuer: ca } }\n  eve", "issuer: ca, revoked: true } }\n  eve")).FinalChanges[0].Reason.Text);
        Assert.Equal(
            before.Entries.Select(entry => (entry.SerialNumber, entry.Reason, entry.RevokedAt)),
            Crl("ca.crl").Entries.Select(entry => (entry.SerialNumber, entry.Reason, entry.RevokedAt)));
        Assert.Equal(file == "bob_server.crl", before.Number == Crl("ca.crl").Number);
        Assert.True(before.Number <= Crl("ca.crl").Number);
    }

    [Theory]
    [InlineData("lifetime: 30d", 25, "due: since 2026-12-14T12:00:00Z, ends 2026-12-24T12:00:00Z")]
    [InlineData("lifetime: 30d", 31, "expired: 2026-12-24T12:00:00Z")]
    [InlineData("lifetime: 30d, renewBefore: 1d", 25, null)]
    [InlineData("lifetime: { from: -30d, until: -1d }", 400, null)]
    [InlineData("lifetime: { from: 2026-11-01T00:00:00Z, until: 2026-12-01T00:00:00Z }", 25, null)]
    [InlineData("url: http://x/ca.crl", 25, null)]
    [InlineData("lifetime: 30d", -2, "follows ca.crt")]
    public void A_list_is_made_again_when_it_is_due(string crl, int days, string? reason)
    {
        Scenario scenario = With("issuer: root, lifetime: 3000d", $"issuer: root, lifetime: 3000d, crl: {{ {crl} }}");
        _folder.Apply(scenario);
        BigInteger number = Crl("ca.crl").Number!.Value;
        _folder.Now += TimeSpan.FromDays(days);

        Assert.Equal(reason, _folder.Apply(scenario).FinalChanges.FirstOrDefault(final => final.Output == "ca.crl")?.Reason.Text);
        Assert.True(reason is null ? Crl("ca.crl").Number == number : Crl("ca.crl").Number > number);
    }

    [Fact]
    public void A_list_of_another_key_or_name_or_with_less_is_made_again()
    {
        Scenario scenario = With("issuer: ca } }\n  eve", "issuer: ca, revoked: true } }\n  eve");
        Scenario none = ScenarioLoader.Parse(Yaml);
        _folder.Apply(none);
        byte[] outdated = File.ReadAllBytes(_folder.At("ca.crl"));
        _folder.Apply(scenario);
        BigInteger number = Crl("ca.crl").Number!.Value;

        File.WriteAllBytes(_folder.At("ca.crl"), outdated);
        Assert.StartsWith("number: ", ReasonOf(scenario), StringComparison.Ordinal);
        _folder.Apply(scenario);
        Assert.True(Crl("ca.crl").Number > number);
        Assert.Single(Crl("ca.crl").Entries);

        File.Copy(_folder.At("root.crl"), _folder.At("ca.crl"), overwrite: true);
        Assert.Equal("issuer: /CN=root -> /CN=ca", ReasonOf(scenario));
        File.WriteAllText(_folder.At("ca.crl"), "nothing");
        Assert.Equal("unreadable: no CRL that can be read", ReasonOf(scenario));
        _folder.Apply(scenario);
        Assert.Single(Crl("ca.crl").Entries);

        _folder.Apply(scenario, new ReconciliationOptions(NewKeys: ["ca"]));
        Assert.True(Crl("ca.crl").IsSignedBy(Certificate("ca.crt").SubjectPublicKeyInfo));
        Assert.Equal([Serial("amy_client.crt")], Crl("ca.crl").Entries.Select(entry => entry.SerialNumber));
        Assert.False(_folder.Compare(scenario).HasWork);
    }

    [Fact]
    public void A_revoked_certificate_that_is_replaced_in_the_same_run_is_on_the_list_as_well()
    {
        _folder.Apply(ScenarioLoader.Parse(Yaml));
        BigInteger old = Serial("amy_client.crt");
        Scenario both = With("/CN=amy, issuer: ca", "/CN=amy2, issuer: ca, revoked: true");

        Assert.True(_folder.Apply(both).FinalChanges.First(final => final.Crl is not null).Crl!.ComesFirst);
        Assert.Equal(Sorted(old, Serial("amy_client.crt")), Crl("ca.crl").Entries.Select(entry => entry.SerialNumber));
        Assert.False(_folder.Compare(both).HasWork);
    }

    [Fact]
    public void What_the_scenario_is_done_with_and_still_verifies_is_named_with_the_line_that_ends_it()
    {
        _folder.Apply(ScenarioLoader.Parse(Yaml));
        string line = $"a certificate with a key that is replaced still verifies, until 2027-11-24T12:00:00Z; that ends where ca has revokes: [{{ serial: {Hex("amy_client.crt")}, reason: superseded }}]";
        Assert.Equal([$"amy_client: {line}"], [.. _folder.Apply(ScenarioLoader.Parse(Yaml), new ReconciliationOptions(NewKeys: ["amy_client"])).Warnings]);

        string without = Yaml.Replace("  eve: { client: { subject: /CN=eve, issuer: ca } }\n", "", StringComparison.Ordinal).Replace(", eve -> bob", "", StringComparison.Ordinal);
        string ends = $"revokes: [{{ serial: {Hex("eve_client.crt")} }}]";
        Assert.Equal(
            [$"eve_client.crt: a certificate of nobody in the scenario still verifies, until 2027-11-24T12:00:00Z; that ends where ca has {ends}"],
            [.. _folder.Apply(ScenarioLoader.Parse(without)).Warnings]);
        Scenario ended = ScenarioLoader.Parse(without.Replace("issuer: root", $"issuer: root, {ends}", StringComparison.Ordinal));
        Assert.Equal($"revokes serial {Hex("eve_client.crt")}", _folder.Apply(ended).FinalChanges[0].Reason.Text);
        Assert.Empty(_folder.Compare(ended).Warnings);
    }

    [Fact]
    public void A_forged_list_has_the_name_of_one_and_the_key_of_another()
    {
        Scenario scenario = With("issuer: root, lifetime: 3000d", "issuer: root, lifetime: 3000d, crl: { signedBy: root }");
        _folder.Apply(scenario);

        Assert.False(_folder.Compare(scenario).HasWork);
        Assert.Equal("/CN=ca", Crl("ca.crl").Issuer.ToString());
        Assert.True(Crl("ca.crl").IsSignedBy(Certificate("root.crt").SubjectPublicKeyInfo));
        Assert.False(Crl("ca.crl").IsSignedBy(Certificate("ca.crt").SubjectPublicKeyInfo));
    }

    [Fact]
    public void The_list_of_a_provided_authority_is_its_to_send_unless_its_key_is_there()
    {
        _folder.Apply(ScenarioLoader.Parse(Yaml));
        Scenario provided = With("/CN=ca, issuer: root", "/CN=ca, issuer: root, external: true");
        Assert.False(_folder.Compare(provided).HasWork);
        File.Delete(_folder.At("ca.crl"));
        Assert.Equal(["ca.crl", "bob_server.crl", "amy_client.crl", "eve_client.crl"], _folder.Compare(provided).FinalChanges.Select(final => final.Output));

        File.Move(_folder.At("ca.key"), _folder.At("kept"));
        Reconciliation change = _folder.Apply(provided);
        Assert.Equal(["ca.crl is not there, and the key of ca is not here: it is for ca to send"], [.. change.Warnings]);
        Assert.Single(ParsedCrl.ReadAll(File.ReadAllBytes(_folder.At("bob_server.crl"))));
    }

    [Fact]
    public void Of_a_fleet_those_that_are_named_are_revoked()
    {
        Scenario scenario = ScenarioLoader.Parse("""
            name: x
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, revocation: crl } }
              device: { replicas: 5, client: { subject: "/CN=device-{n}", issuer: ca, serial: "{n}", revocation: crl, revoked: { of: [2, 4], reason: keyCompromise } } }
            connections: [device -> bob]
            """);
        _folder.Apply(scenario);

        Assert.False(_folder.Compare(scenario).HasWork);
        Assert.Equal([2, 4], Crl("ca.crl").Entries.Select(entry => (int)entry.SerialNumber));
        Assert.Equal(File.ReadAllBytes(_folder.At("ca.crl")), File.ReadAllBytes(_folder.At("device-5_client.crl")));
    }

    [Fact]
    public void A_list_that_nobody_needs_any_more_is_told_from_a_stranger()
    {
        _folder.Apply(ScenarioLoader.Parse(Yaml));
        string until = TimeText.Of(Crl("ca.crl").NextUpdate!.Value);
        Reconciliation without = _folder.Compare(With(", revocation: crl", ""));

        Assert.Equal(["amy_client.crl", "bob_server.crl", "ca.crl", "eve_client.crl", "root.crl"], without.Unused.Select(file => file.Path));
        Assert.Equal(
            $"ca.crl is no longer kept in step, for nobody checks against CRLs of ca and it revokes nobody now: a program that is pointed at it turns everybody away from {until} on",
            without.Unused[2].Message);
        Assert.StartsWith("bob_server.crl is no longer kept in step, for bob_server checks no CRLs now: ", without.Unused[1].Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Compare(ScenarioLoader.Parse(Yaml)).Unused);
    }

    private static Scenario With(string old, string text, string yaml = Yaml)
    {
        Assert.Contains(old, yaml, StringComparison.Ordinal);
        return ScenarioLoader.Parse(yaml.Replace(old, text, StringComparison.Ordinal));
    }

    private static BigInteger[] Sorted(params BigInteger[] serials) => [.. serials.Order()];

    private string? ReasonOf(Scenario scenario) => _folder.Compare(scenario).FinalChanges.FirstOrDefault(final => final.Output == "ca.crl")?.Reason.Text;

    private ParsedCrl Crl(string path) => ParsedCrl.ReadAll(File.ReadAllBytes(_folder.At(path))).Single()!;

    private BigInteger Serial(string path) => Certificate(path).SerialNumber;

    private string Hex(string path) => "0x" + Serial(path).ToString("x", null).TrimStart('0');

    private ParsedCertificate Certificate(string path) =>
        ParsedCertificate.TryRead(File.ReadAllBytes(_folder.At(path)), out ParsedCertificate? certificate) ? certificate : throw new InvalidDataException(path);
}
