using System.Security.Cryptography;
using MtlsScenario.Model;
using Xunit;

namespace MtlsScenario.Tests;

/// <summary>What the library makes of a seed.</summary>
public sealed class SeededScenarioTests
{
    private const string Yaml = """
        name: seeded
        defaults: { key: ec-p256 }
        authorities:
          ca: { subject: /CN=my-ca, key: ec-p384 }
          sub: { subject: /CN=sub, issuer: ca, key: ml-dsa-44 }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: ca, key: ed25519, formats: [p12, encrypted], revoked: true } }
          amy: { client: { subject: /CN=amy, issuer: sub } }
          device: { replicas: 5, client: { subject: "/CN=device-{n}", issuer: sub } }
        """;

    private static readonly DateTimeOffset Epoch = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_and_epoch_make_the_same_files_in_whatever_order()
    {
        Dictionary<string, string> first = Files(Options(), _ => { });
        Dictionary<string, string> second = Files(Options(), issued =>
        {
            for (int number = 5; number > 0; number--)
            {
                issued.Certificate("device", Role.Client, number);
            }
        });

        Assert.Equal(first, second);
        Assert.Equal(first, Files(Options() with { Time = new At(Epoch.AddYears(1)) }, _ => { }));
        Assert.Contains("ca.crl", first.Keys);
        Assert.Contains("bob_server.p12", first.Keys);
    }

    [Fact]
    public void Another_seed_or_epoch_shares_no_file_that_has_anything_of_it()
    {
        Dictionary<string, string> own = Files(Options(), _ => { });
        Dictionary<string, string> other = Files(Options() with { InsecureSeed = new byte[33] }, _ => { });
        Dictionary<string, string> later = Files(Options() with { Epoch = Epoch.AddSeconds(1) }, _ => { });

        Assert.Empty(own.Values.Intersect(other.Values));
        Assert.Equal(own.Where(IsKey), later.Where(IsKey));
        Assert.Empty(own.Where(file => file.Key.EndsWith(".crt", StringComparison.Ordinal)).Select(file => file.Value).Intersect(later.Values));
    }

    [Fact]
    public void Serial_numbers_follow_the_content()
    {
        using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Parse(Yaml), Options());
        using IssuedScenario changed = IssuedScenario.Issue(ScenarioLoader.Parse(Yaml.Replace("/CN=amy,", "/CN=amy, names: [amy.test],", StringComparison.Ordinal)), Options());

        Assert.NotEqual(Serial(issued, "amy"), Serial(changed, "amy"));
        Assert.Equal(Serial(issued, "bob", Role.Server), Serial(changed, "bob", Role.Server));
        string[] devices = [.. Enumerable.Range(1, 5).Select(number => issued.Certificate("device", Role.Client, number).PublicCertificate.SerialNumber)];
        Assert.Equal(5, devices.Distinct().Count());
    }

    [Theory]
    [InlineData(15, true, "A seed has at least 16 bytes, and this one has 15. (Parameter 'seed')")]
    [InlineData(16, false, "authorities.ca.lifetime is counted from issuance: with a seed that needs an Epoch. (Parameter 'options')")]
    [InlineData(0, true, "An Epoch is for an InsecureSeed. (Parameter 'options')")]
    public void What_cannot_be_made_is_refused(int length, bool hasEpoch, string message)
    {
        var options = new IssuingOptions { InsecureSeed = length == 0 ? (ReadOnlyMemory<byte>?)null : new byte[length], Epoch = hasEpoch ? Epoch : null };

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => IssuedScenario.Issue(ScenarioLoader.Parse(Yaml), options)).Message);
    }

    [Fact]
    public void Where_all_dates_are_written_no_epoch_is_needed()
    {
        Scenario scenario = ScenarioLoader.Parse("""
            name: written
            defaults: { key: ec-p384, lifetime: { from: 2026-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z } }
            authorities: { ca: { subject: /CN=my-ca } }
            """);
        var options = new IssuingOptions { InsecureSeed = new byte[16] };
        using IssuedScenario first = IssuedScenario.Issue(scenario, options);
        using IssuedScenario second = IssuedScenario.Issue(scenario, options with { Time = new At(Epoch.AddYears(3)) });

        Assert.Equal(first.Authority("ca").CertificatePem, second.Authority("ca").CertificatePem);
    }

    private static IssuingOptions Options() => new() { InsecureSeed = "sixteen bytes or more"u8.ToArray(), Epoch = Epoch };

    private static bool IsKey(KeyValuePair<string, string> file) => file.Key.EndsWith(".key", StringComparison.Ordinal) && !file.Key.Contains("enc", StringComparison.Ordinal);

    private static string Serial(IssuedScenario issued, string party, Role role = Role.Client) => issued.Certificate(party, role).PublicCertificate.SerialNumber;

    private static Dictionary<string, string> Files(IssuingOptions options, Action<IssuedScenario> before)
    {
        string folder = Directory.CreateTempSubdirectory("mtls-scenario-").FullName;
        try
        {
            using IssuedScenario issued = IssuedScenario.Issue(ScenarioLoader.Parse(Yaml), options);
            before(issued);
            issued.WriteTo(folder);
            return Directory.EnumerateFiles(folder)
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
