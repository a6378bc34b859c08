using System.Runtime.Versioning;
using System.Security.Cryptography;
using MtlsScenario.Files;
using MtlsScenario.Reconciling;
using MtlsScenario.Tests.Planning;
using Xunit;

namespace MtlsScenario.Tests.Files;

/// <summary>Somebody puts a key into the folder after it was looked at, and before a new one takes its place.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyMeanwhileTests : IDisposable
{
    private const string Theirs = "their only copy\n";

    private readonly AppliedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ca.key", 0)]
    [InlineData("bob_server.key", 2)]
    [InlineData("amy_client.key", 4)]
    public void A_key_that_appears_is_left_as_it_is_and_nothing_follows_it(string key, int before)
    {
        string said = Race(new ReconciliationOptions(), key, () => File.WriteAllText(_folder.At(key), Theirs));

        Assert.Equal($"{key} was put there while this ran; it is left as it is", said);
        Assert.Equal(Theirs, File.ReadAllText(_folder.At(key)));
        Assert.Equal(before + 1, _folder.Contents().Keys.Count(file => !file.EndsWith(".csr", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_that_takes_the_place_of_the_one_that_is_to_be_replaced_is_left_as_it_is()
    {
        _folder.Apply(AmyBob.Scenario);

        string said = Race(
            new ReconciliationOptions(NewKeys: ["bob_server"]),
            "bob_server.key",
            () => File.WriteAllText(_folder.At("bob_server.key"), Theirs));

        Assert.Equal("bob_server.key was changed while this ran; it is left as it is", said);
        Assert.Equal(Theirs, File.ReadAllText(_folder.At("bob_server.key")));
        Assert.DoesNotContain(_folder.Contents().Keys, file => file.StartsWith('.'));
    }

    [Fact]
    public void A_key_that_is_taken_away_is_not_made_anew()
    {
        _folder.Apply(AmyBob.Scenario);

        string said = Race(
            new ReconciliationOptions(NewKeys: ["bob_server"]), "bob_server.key", () => File.Delete(_folder.At("bob_server.key")));

        Assert.Equal("bob_server.key was taken away while this ran; it is left as it is", said);
        Assert.False(File.Exists(_folder.At("bob_server.key")));
        Assert.DoesNotContain(_folder.Contents().Keys, file => file.StartsWith('.'));
    }

    [Fact]
    public void An_authority_whose_key_becomes_another_signs_nothing()
    {
        _folder.Apply(AmyBob.Scenario);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        string said = Race(
            new ReconciliationOptions(NewKeys: ["bob_server"]),
            "ca.key",
            () => File.WriteAllText(_folder.At("ca.key"), other.ExportPkcs8PrivateKeyPem()));

        Assert.Equal("ca.key was changed while this ran; it is left as it is", said);
    }

    [Fact]
    public void An_empty_key_that_gets_content_is_left_as_it_is()
    {
        _folder.Apply(AmyBob.Scenario);
        File.WriteAllText(_folder.At("bob_server.key"), "");

        string said = Race(
            new ReconciliationOptions(), "bob_server.key", () => File.WriteAllText(_folder.At("bob_server.key"), Theirs));

        Assert.Equal("bob_server.key was changed while this ran; it is left as it is", said);
        Assert.Equal(Theirs, File.ReadAllText(_folder.At("bob_server.key")));
        Assert.DoesNotContain(_folder.Contents().Keys, file => file.StartsWith('.'));
    }

    /// <summary>Applies, and lets somebody act when the key has been made and is not in its place.</summary>
    private string Race(ReconciliationOptions options, string key, Action act)
    {
        var reader = new FolderReader(_folder.Root);
        Reconciliation reconciliation = _folder.Compare(AmyBob.Scenario, options);
        using var artifacts = new NativeArtifacts(reader, reconciliation);
        var source = new ActingSource(artifacts, key, act);
        var updater = new FolderUpdater(reader, new FolderWriter(_folder.Root), source);
        return Assert.Throws<FolderException>(() => updater.Run(reconciliation, CancellationToken.None)).Message;
    }

    private sealed class ActingSource(IArtifactSource inner, string key, Action act) : IArtifactSource
    {
        private bool _hasActed;

        public NewArtifacts Make(CertificateChange change, CancellationToken cancellationToken)
        {
            // An authority that stays is not asked for; it is read when the first of what it signs is.
            if (key == change.Certificate.Issuer + ".key" && !_hasActed)
            {
                Act();
            }

            NewArtifacts made = inner.Make(change, cancellationToken);
            if (change.Certificate.Files.Key == key)
            {
                Act();
            }

            return made;
        }

        public byte[] Make(CrlOrder order, CancellationToken cancellationToken) => inner.Make(order, cancellationToken);

        private void Act()
        {
            act();
            _hasActed = true;
        }
    }
}
