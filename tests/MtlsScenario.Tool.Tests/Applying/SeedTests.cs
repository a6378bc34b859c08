using System.Runtime.Versioning;
using System.Security.Cryptography;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>What the commands do with a seed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SeedTests : ApplyTest
{
    private const string Epoch = "2026-01-02T03:04:05Z";
    private const string Caution = "warning: all keys come of the seed in seed: whoever has that has every key\n  hint: for tests, and for nothing that anybody relies on\n";

    private static readonly string[] _seeded = ["--insecure-seed", "seed", "--epoch", Epoch];

    public SeedTests() => _folder.Write("seed", "0123456789abcdef\n");

    [Fact]
    public async Task The_same_seed_makes_the_same_files_and_another_shares_none()
    {
        ToolRun first = await ApplyAsync("-d", "first");
        ToolRun second = await _folder.RunInProcessAsync(
            new InProcessSetup { Variables = new Dictionary<string, string> { ["MTLS_SCENARIO_INSECURE_SEED"] = "0123456789abcdef", ["SOURCE_DATE_EPOCH"] = "1767323045" } },
            "apply", "amy-bob.yaml", "-d", "second", "-q");
        _folder.Write("seed", "0123456789abcdeF");
        await ApplyAsync("-d", "third");

        Assert.Equal((0, Caution), (first.ExitCode, first.Error));
        Assert.Equal((0, Caution.Replace("in seed:", "in MTLS_SCENARIO_INSECURE_SEED:", StringComparison.Ordinal)), (second.ExitCode, second.Error));
        Assert.Equal(Hashes("first"), Hashes("second"));
        Assert.Empty(Hashes("first").Values.Intersect(Hashes("third").Values));
    }

    [Fact]
    public async Task What_was_made_is_in_step_at_that_epoch_and_never_due()
    {
        await ApplyAsync();

        ToolRun again = await _folder.RunInProcessAsync(new InProcessSetup { Time = new At(new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero)) }, ["plan", "amy-bob.yaml", "--check", .. _seeded]);

        Assert.Equal((0, "Nothing to do: ./amy-bob is in step with amy-bob.\n"), (again.ExitCode, again.Output));
    }

    [Fact]
    public async Task Keys_that_are_gone_come_back_and_certificates_stay()
    {
        await ApplyAsync();
        Dictionary<string, string> before = Hashes("amy-bob");
        Dictionary<string, DateTime> times = Times();
        foreach (string key in Directory.GetFiles(_folder.PathOf("amy-bob"), "*.key"))
        {
            File.Delete(key);
        }

        ToolRun run = await ApplyAsync();

        Assert.StartsWith("ca          new ec-p256 key\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, Hashes("amy-bob"));
        Assert.All(times.Where(file => !file.Key.EndsWith(".key", StringComparison.Ordinal)), file => Assert.Equal(file.Value, Times()[file.Key]));
        Assert.All(Directory.GetFiles(_folder.PathOf("amy-bob"), "*.key"), key => Assert.Equal(Mode("0600"), File.GetUnixFileMode(key)));
    }

    [Theory]
    [InlineData("bob_server")]
    [InlineData("ca")]
    public async Task A_key_of_another_seed_is_in_the_way_until_it_is_named(string stem)
    {
        await _folder.RunAsync("apply", "amy-bob.yaml");
        File.Move(_folder.PathOf($"amy-bob/{stem}.key"), _folder.PathOf("kept"));
        foreach (string file in Directory.GetFiles(_folder.PathOf("amy-bob")))
        {
            File.Delete(file);
        }

        File.Move(_folder.PathOf("kept"), _folder.PathOf($"amy-bob/{stem}.key"));
        Dictionary<string, string> before = Hashes("amy-bob");

        ToolRun refused = await ApplyAsync();

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(
            $"error: {stem}.key is there, and is not the key of the seed\n"
            + $"  hint: use the seed that it comes of, or --new-key {stem} to put it aside: mtls-scenario apply amy-bob.yaml --new-key {stem} --insecure-seed seed --epoch {Epoch}\n",
            refused.Error,
            StringComparison.Ordinal);
        Assert.Equal(before, Hashes("amy-bob"));

        Assert.Equal(0, (await ApplyAsync("--new-key", stem)).ExitCode);
        await ApplyAsync("-d", "fresh");
        Assert.Equal(Hashes("fresh"), Hashes("amy-bob").Where(file => !file.Key.StartsWith('.')).ToDictionary());
        Assert.Contains(Hashes("amy-bob"), file => file.Key.StartsWith($".{stem}.key.", StringComparison.Ordinal) && file.Value == before[$"{stem}.key"]);
    }

    [Theory]
    [InlineData("0123456789abcde\n", Epoch, "seed: a seed has 16 to 65536 bytes, and there are 15\n  hint: openssl rand -hex 32 makes one\n")]
    [InlineData("0123456789abcdef", null, "with a seed, nothing can be counted from now, and authorities.ca.lifetime is\n  hint: --epoch INSTANT or SOURCE_DATE_EPOCH says from when, or write the dates\n")]
    [InlineData(null, Epoch, "--epoch is for --insecure-seed\n  hint: without a seed, dates are counted from now\n")]
    public async Task What_cannot_be_is_exit_code_2_and_nothing_is_written(string? seed, string? epoch, string message)
    {
        _folder.Write("seed", seed ?? "");
        foreach (string command in new[] { "apply", "plan", "script", "show", "snapshot", "test", "report" })
        {
            string[] output = command == "report" ? ["-o", "out.html", "--no-test"] : [];
            ToolRun run = await _folder.RunAsync(
                [command, "amy-bob.yaml", .. output, .. seed is null ? Array.Empty<string>() : ["--insecure-seed", "seed"], .. epoch is null ? Array.Empty<string>() : ["--epoch", epoch]]);

            Assert.Equal((2, "", $"error: {message}"), (run.ExitCode, run.Output, run.Error));
        }

        Assert.False(Directory.Exists(_folder.PathOf("amy-bob")));
        Assert.Equal(2, Directory.GetFiles(_folder.Root).Length);
    }

    [Fact]
    public async Task Each_command_says_that_the_seed_is_every_key_and_knows_serials_and_dates()
    {
        ToolRun show = await _folder.RunAsync(["show", "amy-bob.yaml", "-q", .. _seeded]);
        Assert.Contains("2026-01-02T03:04:05Z", show.Output, StringComparison.Ordinal);
        Assert.Equal(Caution, show.Error);
        ToolRun snapshot = await _folder.RunAsync(["snapshot", "amy-bob.yaml", "--accept", .. _seeded]);
        Assert.Equal((0, Caution), (snapshot.ExitCode, snapshot.Error));
        await ApplyAsync();
        Assert.Equal(0, (await _folder.RunAsync(["snapshot", "amy-bob.yaml", "-d", "amy-bob", .. _seeded])).ExitCode);
    }

    [Fact]
    public async Task The_script_of_a_seed_is_for_its_owner_alone()
    {
        ToolRun run = await _folder.RunAsync(["script", "amy-bob.yaml", "-o", "amy-bob.sh", .. _seeded]);

        Assert.Equal((0, Caution), (run.ExitCode, run.Error));
        Assert.Equal(Mode("0600"), File.GetUnixFileMode(_folder.PathOf("amy-bob.sh")));
        Assert.Equal(3, _folder.Read("amy-bob.sh").Split("\n-----BEGIN PRIVATE KEY-----\n").Length - 1);
        Assert.DoesNotContain("0123456789abcdef", _folder.Read("amy-bob.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Which_files_of_a_script_have_salts_that_openssl_draws_is_said()
    {
        _folder.Write("amy-bob.yaml", AmyBob.Replace("  amy:", "  eve: { client: { subject: /CN=eve, issuer: ca, formats: [p12, truststore, encrypted, pem] } }\n  amy:", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync(["script", "amy-bob.yaml", .. _seeded]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "warning: openssl draws the salts of eve_client.p12, eve_client.encrypted.key, and cannot be told them: their bytes differ each time\n  hint: apply makes them from the seed\n",
            run.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--plain", "--plain and a seed exclude each other")]
    [InlineData("", "a script with a seed cannot have the RSA keys of the replicas of device")]
    public async Task What_a_script_cannot_have_is_refused(string option, string message)
    {
        _folder.Write("amy-bob.yaml", AmyBob.Replace("  amy:", "  device: { replicas: 3, client: { subject: \"/CN=device-{n}\", issuer: ca, key: rsa-2048 } }\n  amy:", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync(["script", "amy-bob.yaml", .. option.Length > 0 ? [option] : Array.Empty<string>(), .. _seeded]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error: {message}\n", run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> ApplyAsync(params string[] further) => _folder.RunAsync(["apply", "amy-bob.yaml", .. further, .. _seeded]);

    private Dictionary<string, string> Hashes(string folder) => Directory.GetFiles(_folder.PathOf(folder))
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
