using System.Security.Cryptography.X509Certificates;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using Xunit;

namespace MtlsScenario.Tests.Planning;

/// <summary>Formats follow the files that they are made of, and what is wrong in one is said and mended.</summary>
public sealed class FormatsInStepTests : IDisposable
{
    private const string Secret = "correct horse";

    private static readonly string _all = Yaml("[p12, truststore, pem, der, traditional, encrypted, p7b, kubernetes]");

    private static readonly string[] _files =
    [
        "bob_server.p12", "bob_server.trust.p12", "bob_server.pem", "bob_server.crt.der", "bob_server.key.der", "bob_server.traditional.key",
        "bob_server.encrypted.key", "bob_server.p7b", "bob_server.secret.yaml", "bob_server.trust.yaml",
    ];

    private readonly AppliedFolder _folder = new();
    private string? _password = Secret;

    /// <summary>What is done to one file, and what is said of it.</summary>
    public static TheoryData<string, string, string> Wrongs => new()
    {
        { nameof(SpoiltFormats.OtherPassword), "bob_server.p12", "another password, or damaged" },
        { nameof(SpoiltFormats.NoIntermediate), "bob_server.p12", "lacks /CN=sub" },
        { nameof(SpoiltFormats.RootToo), "bob_server.p12", "holds /CN=ca too" },
        { nameof(SpoiltFormats.OtherAlias), "bob_server.p12", "alias bob -> bob_server" },
        { nameof(SpoiltFormats.EarlierLeaf), "bob_server.p12", "not the certificate of bob_server.chain.crt" },
        { nameof(SpoiltFormats.OtherEncryption), "bob_server.p12", "other encryption: 3DES-CBC, SHA1 2048" },
        { nameof(SpoiltFormats.OtherKey), "bob_server.p12", "not the key of bob_server.key" },
        { nameof(SpoiltFormats.Garbage), "bob_server.p12", "it is no PKCS#12, or damaged" },
        { nameof(SpoiltFormats.RogueAnchor), "bob_server.trust.p12", "trusts /CN=sub too" },
        { nameof(SpoiltFormats.NoAnchor), "bob_server.trust.p12", "lacks /CN=other" },
        { nameof(SpoiltFormats.OtherAnchorAlias), "bob_server.trust.p12", "aliases root, other -> ca, other" },
        { nameof(SpoiltFormats.KeyOtherPassword), "bob_server.encrypted.key", "another password, or damaged" },
        { nameof(SpoiltFormats.KeyOtherEncryption), "bob_server.encrypted.key", "other encryption: 3DES-CBC, SHA1 2048" },
        { nameof(SpoiltFormats.KeyOfOther), "bob_server.encrypted.key", "not the key of bob_server.key" },
        { nameof(SpoiltFormats.Garbage), "bob_server.pem", "not the same as bob_server.key and bob_server.chain.crt" },
        { nameof(SpoiltFormats.Garbage), "bob_server.trust.yaml", "not the same as bob_server.trust.crt" },
        { nameof(SpoiltFormats.Empty), "bob_server.key.der", "empty" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_time_there_is_nothing_to_do()
    {
        Reconciliation first = Apply(_all);

        Assert.Equal(_files, Formats(first));
        Assert.All(first.FinalChanges.Where(final => final.Step.Step is WriteFormat), final => Assert.Equal("missing", final.Reason.Text));
        Dictionary<string, byte[]> made = _folder.Contents();
        Assert.False(Apply(_all).HasWork);
        Assert.Equal(made, _folder.Contents());
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void Each_way_of_being_wrong_has_its_reason_and_only_that_file_is_made_again(string wrong, string file, string reason)
    {
        Apply(_all);
        Spoil(wrong, file);
        Dictionary<string, byte[]> before = _folder.Contents();

        FinalChange change = Assert.Single(Apply(_all).FinalChanges);

        Assert.Equal((file, reason), (change.Output, change.Reason.Text));
        Assert.False(Compare(_all).HasWork);
        Assert.Equal(before.Where(other => other.Key != file), _folder.Contents().Where(other => other.Key != file && !other.Key.StartsWith('.')));
    }

    /// <summary>A key that stands nowhere else is not lost: what it was in is put aside.</summary>
    [Theory]
    [InlineData(nameof(SpoiltFormats.OtherAlias), "bob_server.p12", false)]
    [InlineData(nameof(SpoiltFormats.OtherPassword), "bob_server.p12", true)]
    [InlineData(nameof(SpoiltFormats.OtherKey), "bob_server.p12", true)]
    [InlineData(nameof(SpoiltFormats.KeyOtherEncryption), "bob_server.encrypted.key", false)]
    [InlineData(nameof(SpoiltFormats.KeyOfOther), "bob_server.encrypted.key", true)]
    [InlineData(nameof(SpoiltFormats.Garbage), "bob_server.trust.yaml", false)]
    [InlineData(nameof(SpoiltFormats.Empty), "bob_server.key.der", false)]
    public void What_may_hold_a_key_that_is_nowhere_else_is_put_aside(string wrong, string file, bool isKept)
    {
        Apply(_all);
        Spoil(wrong, file);
        byte[] spoilt = File.ReadAllBytes(_folder.At(file));

        Apply(_all);

        string aside = _folder.At(FileNames.PutAside(file, _folder.Now));
        Assert.Equal(isKept ? [aside] : [], Directory.GetFiles(_folder.Root, ".*"));
        Assert.Equal(isKept, File.Exists(aside) && File.ReadAllBytes(aside).AsSpan().SequenceEqual(spoilt));
        Assert.Empty(Compare(_all).Strangers);
    }

    /// <summary>Some readers of a store trust every authority in it.</summary>
    [Fact]
    public void A_root_that_somebody_put_behind_a_certificate_gets_into_no_store()
    {
        const string Scenario = "{ name: x, defaults: { key: ec-p256, formats: [p12] }, authorities: { ca: { subject: /CN=ca } }, parties: { bob: { server: { subject: /CN=localhost, issuer: ca } } } }";
        Apply(Scenario);
        File.AppendAllText(_folder.At("bob_server.crt"), File.ReadAllText(_folder.At("ca.crt")));
        File.Delete(_folder.At("bob_server.p12"));

        Apply(Scenario);

        Assert.Single(X509CertificateLoader.LoadPkcs12CollectionFromFile(_folder.At("bob_server.p12"), "changeit"));
    }

    /// <summary>Every byte of the small ones, and of the others so many that each part has some.</summary>
    [Fact]
    public void One_byte_changed_anywhere_is_found_and_mended()
    {
        Apply(_all);
        foreach (string file in _files)
        {
            byte[] content = File.ReadAllBytes(_folder.At(file));
            for (int index = 0; index < content.Length; index += 1 + (content.Length / 40))
            {
                byte[] changed = [.. content];
                changed[index] ^= 1;
                File.WriteAllBytes(_folder.At(file), changed);

                Assert.Equal([file], Formats(Compare(_all)));
            }

            Assert.Equal([file], Formats(Apply(_all)));
            Assert.False(Compare(_all).HasWork);
        }
    }

    [Fact]
    public void They_follow_a_new_certificate_and_a_new_key()
    {
        Apply(_all);

        Reconciliation renewed = Apply(_all, new ReconciliationOptions(Renew: true));
        Reconciliation rekeyed = Apply(_all, new ReconciliationOptions(NewKeys: ["bob_server"]));

        Assert.Equal(_files.Except(["bob_server.key.der", "bob_server.traditional.key", "bob_server.encrypted.key"]), Formats(renewed));
        Assert.Equal(_files.Except(["bob_server.trust.p12", "bob_server.trust.yaml"]), Formats(rekeyed));
        Assert.Equal("follows bob_server.key", rekeyed.FinalChanges.Single(final => final.Output == "bob_server.p12").Reason.Text);
        Assert.Equal([FileNames.PutAside("bob_server.key", _folder.Now)], Directory.GetFiles(_folder.Root, ".*").Select(Path.GetFileName));
        Assert.False(Compare(_all).HasWork);
    }

    [Fact]
    public void One_that_is_no_longer_asked_for_is_named_and_left()
    {
        Apply(_all);

        Reconciliation less = Compare(Yaml("[truststore]"));

        Assert.Equal(_files.Except(["bob_server.trust.p12"]).Order(StringComparer.Ordinal), less.Unused.Select(unused => unused.Path));
        Assert.Empty(less.Strangers);
        Assert.Contains(
            "bob_server.p12 is no longer used, for the scenario has none of bob_server now: a program that is pointed at it goes on "
            + "presenting what it holds, and there is a private key in it",
            less.Warnings);
    }

    [Theory]
    [InlineData(null, "which is not set")]
    [InlineData("short", "and what is there cannot be one: it has fewer than 6 characters")]
    [InlineData("straße 12", "and what is there cannot be one: it has other than printable ASCII characters")]
    public void Without_a_password_that_can_be_used_nothing_is_written(string? password, string why)
    {
        _password = password;

        Reconciliation comparison = Compare(_all);

        Obstacle obstacle = Assert.Single(comparison.Obstacles);
        Assert.Equal($"the password of bob_server is to be in the variable PASSWORD, {why}", obstacle.Message);
        Assert.DoesNotContain(password ?? "-", obstacle.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trust_store_has_no_password_that_opens_the_keys()
    {
        string yaml = Yaml("[p12, { truststore: { password: { env: SAME } } }]");

        Assert.StartsWith(
            "bob_server.trust.p12 has the password of the key stores of bob_server",
            Assert.Single(Compare(yaml).Obstacles).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Of a file openssl takes the first line, and what is before its line feed: a carriage return belongs to it.</summary>
    [Theory]
    [InlineData("correct horse\nanother\n", null)]
    [InlineData("correct horse", null)]
    [InlineData("correct horse\r\n", "it ends in a carriage return")]
    [InlineData("\ncorrect horse\n", "it has fewer than 6 characters")]
    public void A_file_gives_its_first_line(string content, string? fault)
    {
        Apply(_all);
        using var folder = new Files.TemporaryFolder();
        File.WriteAllText(folder.At("secret"), content);
        using var passwords = new StorePasswords(Path.GetDirectoryName(folder.At("secret"))!, _ => null);

        Reconciliation found = _folder.Compare(Parse(_all.Replace("{ env: PASSWORD }", "{ file: secret }", StringComparison.Ordinal)), new ReconciliationOptions { Passwords = passwords });

        Assert.Equal(fault is null, !found.HasWork && found.Obstacles.IsEmpty);
        Assert.Equal(fault is not null, found.Obstacles.Any(obstacle => obstacle.Message.Contains(fault ?? "-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_fleet_has_a_store_for_each()
    {
        string yaml = Yaml("[]") + "  pump: { replicas: 9, client: { subject: \"/CN=pump-{n}\", issuer: ca, key: ec-p256, trusts: [ca, other], formats: [p12, truststore] } }\n";

        Assert.Equal(18, Formats(Apply(yaml)).Length);
        Assert.False(Compare(yaml).HasWork);
        File.Copy(_folder.At("pump-3_client.p12"), _folder.At("pump-7_client.p12"), overwrite: true);

        Assert.Equal(["pump-7_client.p12: not the key of pump-7_client.key"], Compare(yaml).FinalChanges.Select(final => $"{final.Output}: {final.Reason}"));
    }

    private static string Yaml(string formats) => $$"""
        name: formats
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=ca }
          sub: { subject: /CN=sub, issuer: ca }
          other: { subject: /CN=other }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: sub, trusts: [ca, other], formats: {{formats}}, password: { env: PASSWORD } } }

        """;

    private static Scenario Parse(string yaml) => ScenarioLoader.Parse(yaml);

    private static string[] Formats(Reconciliation reconciliation) =>
        [.. reconciliation.FinalChanges.Where(final => final.Step.Step is WriteFormat).Select(final => final.Output)];

    private StorePasswords Passwords() =>
        new(".", name => name is "PASSWORD" or "SAME" ? _password : null);

    private Reconciliation Apply(string yaml, ReconciliationOptions? options = null)
    {
        using StorePasswords passwords = Passwords();
        return _folder.Apply(Parse(yaml), (options ?? new ReconciliationOptions()) with { Passwords = passwords });
    }

    private Reconciliation Compare(string yaml)
    {
        using StorePasswords passwords = Passwords();
        return _folder.Compare(Parse(yaml), new ReconciliationOptions { Passwords = passwords });
    }

    private void Spoil(string wrong, string file)
    {
        byte[] earlier = File.ReadAllBytes(_folder.At(file));
        if (wrong == nameof(SpoiltFormats.EarlierLeaf))
        {
            Apply(_all, new ReconciliationOptions(Renew: true));
        }

        File.WriteAllBytes(_folder.At(file), new SpoiltFormats(_folder, Secret, earlier).Of(wrong));
    }
}
