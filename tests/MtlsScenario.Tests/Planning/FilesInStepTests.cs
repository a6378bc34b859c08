using MtlsScenario.Model;
using MtlsScenario.Reconciling;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>What must be made of files that follow from certificates, and what is left alone.</summary>
public sealed class FilesInStepTests : IDisposable
{
    private readonly AppliedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_request_that_is_gone_is_written_again_and_the_certificate_stays()
    {
        _folder.Apply(AmyBob.Scenario);
        byte[] certificate = File.ReadAllBytes(_folder.At("bob_server.crt"));
        byte[] request = File.ReadAllBytes(_folder.At("bob_server.csr"));
        File.Delete(_folder.At("bob_server.csr"));

        Reconciliation change = _folder.Apply(AmyBob.Scenario);

        Assert.Empty(Reasons(change));
        Assert.Equal(certificate, File.ReadAllBytes(_folder.At("bob_server.crt")));
        Assert.Equal(request.Length, File.ReadAllBytes(_folder.At("bob_server.csr")).Length, tolerance: 8);
    }

    [Fact]
    public void What_belongs_to_nobody_is_named_and_left_alone()
    {
        _folder.Apply(AmyBob.Scenario);
        File.WriteAllText(_folder.At("notes.txt"), "mine");
        Directory.CreateDirectory(_folder.At("old"));

        Assert.Equal(["notes.txt", "old/"], [.. _folder.Apply(AmyBob.Scenario, new ReconciliationOptions(Renew: true)).Strangers]);
        Assert.Equal("mine", File.ReadAllText(_folder.At("notes.txt")));
    }

    [Theory]
    [InlineData(FolderLayout.Flat)]
    [InlineData(FolderLayout.ByParty)]
    public void Chains_anchors_and_copies_follow_what_they_are_made_of(FolderLayout layout)
    {
        Scenario scenario = AmyBob.Scenario with
        {
            Folders = layout,
            Authorities = [AmyBob.Authority("root"), AmyBob.Authority("issuing", "root"), AmyBob.Authority("other")],
            Parties =
            [
                new Party { Name = "bob", Certificates = [AmyBob.Certificate(Role.Server, "localhost", "issuing", "root", "other")] },
                new Party { Name = "amy", Certificates = [AmyBob.Certificate(Role.Client, "amy", "issuing", "root")] },
            ],
        };
        _folder.Apply(scenario);
        Assert.False(_folder.Compare(scenario).HasWork);

        _folder.Apply(scenario, new ReconciliationOptions(NewKeys: ["root"]));
        Reconciliation after = _folder.Compare(scenario);

        Assert.False(after.HasWork);
        Assert.Empty(after.Strangers);
        string bob = layout == FolderLayout.Flat ? "" : "bob/";
        string certificate = File.ReadAllText(_folder.At(bob + "bob_server.crt"));
        string issuing = File.ReadAllText(_folder.At(bob + "issuing.crt"));
        Assert.Equal(certificate + issuing, File.ReadAllText(_folder.At(bob + "bob_server.chain.crt")));
    }

    [Fact]
    public void Each_party_s_folder_holds_just_what_it_may()
    {
        _folder.Apply(AmyBob.Scenario with { Folders = FolderLayout.ByParty });

        Assert.Equal(
            [
                "amy/amy_client.crt", "amy/amy_client.csr", "amy/amy_client.key", "amy/ca.crt",
                "bob/bob_server.crt", "bob/bob_server.csr", "bob/bob_server.key", "bob/ca.crt",
                "ca/amy_client.crt", "ca/amy_client.csr", "ca/bob_server.crt", "ca/bob_server.csr", "ca/ca.crt", "ca/ca.key",
            ],
            _folder.Contents().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_fleet_is_kept_in_step_replica_by_replica()
    {
        Party fleet = new()
        {
            Name = "device",
            Replicas = 12,
            Certificates = [AmyBob.Certificate(Role.Client, "device-{n}", "ca", "ca")],
        };
        Scenario scenario = AmyBob.Scenario with { Parties = [.. AmyBob.Scenario.Parties, fleet] };
        _folder.Apply(scenario);
        Assert.False(_folder.Compare(scenario).HasWork);

        File.Delete(_folder.At("device-7_client.crt"));
        File.WriteAllText(_folder.At("device-13_client.crt"), "");
        Reconciliation change = _folder.Compare(scenario);

        Assert.Equal(["device-7_client: missing"], Reasons(change));
        Assert.Equal(["device-13_client.crt"], [.. change.Strangers]);
    }

    private static string[] Reasons(Reconciliation reconciliation) =>
        [.. reconciliation.Changes.Where(change => change.Issues).Select(change => $"{change.Stem}: {string.Join("; ", change.Reasons)}")];
}
