using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Tests;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>
/// With a seed the script makes the very bytes that <c>apply</c> makes, whatever the clock says: briefly some of the scenarios that
/// ship, each on one OpenSSL that can, and at length all of them on every OpenSSL. Nothing is masked but the salts that no openssl can be told.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Trait(LongRun.Category, LongRun.Long)]
public sealed class SeededScriptTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] _versions = ["1.1.1", OpenSslPrograms.Installed, "3.5", "3.6"];
    private static readonly string[] _seeded = ["--insecure-seed", "seed", "--epoch", "2026-01-02T03:04:05Z"];

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The scenarios that are tried.</summary>
    public static TheoryData<string> Tried => [.. IsBrief
        ? ["amy-bob", "formats", "key-kinds", "post-quantum", "post-quantum-root", "revoked"]
        : ShippedScenarios.Names()];

    /// <summary>Those that are made from two seeds.</summary>
    public static TheoryData<string> Other => [.. IsBrief ? ["key-kinds"] : ShippedScenarios.Names()];

    private static bool IsBrief => LongRun.Count("SEEDED", brief: 0, atLength: 1) == 0;

    [Theory]
    [MemberData(nameof(Tried))]
    public async Task The_script_makes_the_same_bytes_as_apply(string name)
    {
        _folder.Write("seed", "the seed of all that ships");
        Plan plan = Planner.For(ShippedScenarios.Read(name));
        ToolRun applied = await ApplyAsync(name, "native", new InProcessSetup { Time = new At(new(2036, 2, 29, 0, 0, 0, TimeSpan.Zero)) });
        Assert.True(applied.ExitCode == 0, applied.Error);
        Dictionary<string, string> native = Hashes(_folder.PathOf("native"));
        ToolRun script = await _folder.RunInProcessAsync(new InProcessSetup(), ["script", ShippedScenarios.FileOf(name), .. _seeded]);
        if (plan.Certificates.Any(planned => planned is { Replicas: not null, Key: { } key } && key.IsRsa()))
        {
            Assert.Equal(2, script.ExitCode);
            return;
        }

        Assert.True(script.ExitCode == 0, script.Error);
        int first = name.Length;
        bool isDone = false;
        foreach (string program in Enumerable.Range(first, _versions.Length).Select(index => _versions[index % _versions.Length]))
        {
            OpenSslVersion version = await OpenSslFacts.VersionOfAsync(program);
            if (IsBrief && (isDone || !IsPossible(plan, version)))
            {
                continue;
            }

            isDone = true;
            using var folder = new ScriptFolder();
            BufferedCommandResult run = await folder.TryAsync(script.Output, new ScriptRun { Version = program });
            bool isPossible = IsPossible(plan, version);
            Assert.True(isPossible == (run.ExitCode == 0), $"{version}: {run.StandardError}");
            if (!isPossible)
            {
                Assert.Contains("not possible: ", run.StandardError, StringComparison.Ordinal);
                Assert.False(Directory.Exists(folder.Out) && Directory.EnumerateFileSystemEntries(folder.Out).Any());
                continue;
            }

            Assert.Equal(native, Hashes(folder.Out));
            LongRun.Report(output, string.Create(CultureInfo.InvariantCulture, $"seed: {name} on {version}: {native.Count} equal files"));
        }

        Assert.True(isDone);
    }

    /// <summary>At length that is said of all that ships, but for serials that are written.</summary>
    [Theory]
    [MemberData(nameof(Other))]
    public async Task Another_seed_shares_no_key_and_no_serial(string name)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var serials = new HashSet<string>(StringComparer.Ordinal);
        int count = 0;
        foreach (string seed in new[] { "the seed of all that ships", "the seed of all that ship" })
        {
            _folder.Write("seed", seed);
            ToolRun run = await ApplyAsync(name, seed, new InProcessSetup());
            Assert.True(run.ExitCode == 0, run.Error);

            // Within a folder there are copies, which each holder has.
            HashSet<string> others = [.. keys, .. serials];
            foreach (string file in Directory.GetFiles(_folder.PathOf(seed), "*.crt", SearchOption.AllDirectories))
            {
                using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(file);
                foreach ((HashSet<string> set, string value) in new[] { (keys, Convert.ToHexString(certificate.PublicKey.EncodedKeyValue.RawData)), (serials, certificate.SerialNumber) })
                {
                    // What is that short was not derived.
                    Assert.False(value.Length > 16 && others.Contains(value), $"{file}: {value}");
                    set.Add(value);
                }

                count++;
            }
        }

        Assert.True(count >= 6, $"{count} certificates");
        LongRun.Report(output, string.Create(CultureInfo.InvariantCulture, $"seed: {name}: {keys.Count} keys and {serials.Count} serials of two seeds"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Check_masks_nothing_and_a_folder_that_another_engine_made_is_in_step(int processors)
    {
        OpenSslPrograms.Needed("3.5");
        Needs.Program("sh");
        _folder.Write("seed", "the seed of all that ships");
        _folder.Write("fleet.yaml", """
            name: fleet
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=my-ca, key: ml-dsa-65 }, sub: { subject: /CN=sub, issuer: ca } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, formats: [pem, der] } }
              till: { replicas: 12, client: { subject: "/CN=till-{n}", issuer: sub, revoked: { of: [2, 3] } } }
              lamp: { replicas: 3, client: { subject: "/CN=lamp-{n}", issuer: ca, key: ed25519 } }
            """);
        var setup = new InProcessSetup { Variables = new Dictionary<string, string> { ["OPENSSL"] = OpenSslPrograms.Of(processors == 1 ? "3.5" : "3.6") } };

        ToolRun check = await _folder.RunInProcessAsync(setup, ["script", "fleet.yaml", "--check", "-q", .. _seeded]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.DoesNotContain("but for", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" drew", check.Output, StringComparison.Ordinal);
        Assert.Contains("sub.crl: equal, byte for byte\n", check.Output, StringComparison.Ordinal);

        ToolRun scripted = await _folder.RunInProcessAsync(setup, ["apply", "fleet.yaml", "--engine", "openssl", .. _seeded]);
        Assert.True(scripted.ExitCode == 0, scripted.Error);
        Assert.Equal(0, (await _folder.RunInProcessAsync(setup, ["plan", "fleet.yaml", "--check", .. _seeded])).ExitCode);
        Assert.Equal(0, (await _folder.RunInProcessAsync(setup, ["apply", "fleet.yaml", "-d", "native", .. _seeded])).ExitCode);
        Assert.Equal(Hashes(_folder.PathOf("native")), Hashes(_folder.PathOf("fleet")));
    }

    [Fact]
    public async Task The_script_leaves_a_key_of_somebody_else_s_as_it_is()
    {
        using var folder = new ScriptFolder();
        _folder.Write("seed", "the seed of all that ships");
        _folder.Write("small.yaml", "name: small\ndefaults: { key: ed25519 }\nauthorities: { ca: { subject: /CN=my-ca } }\n");
        ToolRun script = await _folder.RunAsync(["script", "small.yaml", .. _seeded]);
        BufferedCommandResult key = await CliWrap.Cli.Wrap(OpenSslPrograms.Needed(OpenSslPrograms.Installed)).WithArguments(["genpkey", "-algorithm", "ED25519"]).ExecuteBufferedAsync();
        string file = folder.Write("out/ca.key", key.StandardOutput);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        BufferedCommandResult run = await folder.TryAsync(script.Output);

        Assert.Equal((1, "ca.key is there, and is not the key of the seed\n"), (run.ExitCode, run.StandardError));
        Assert.Equal(["ca.key"], ScriptFolder.FilesIn(folder.Out));
        Assert.Equal(key.StandardOutput, await File.ReadAllTextAsync(file));
    }

    private static bool IsPossible(Plan plan, OpenSslVersion version) =>
        (OpenSslFacts.WritesVersion1(version) || !plan.Certificates.Any(planned => planned.Template is { Version: 1 }))
        && (OpenSslFacts.HasMlDsa(version) || !plan.Certificates.Any(planned => planned.Key is { } key
            && (key.IsMlDsa() || key.IsEc())))
        && (OpenSslFacts.WritesCrlDates(version) || plan.CrlSteps.IsEmpty);

    private Task<ToolRun> ApplyAsync(string name, string folder, InProcessSetup setup) =>
        _folder.RunInProcessAsync(setup, ["apply", ShippedScenarios.FileOf(name), "-d", folder, .. _seeded]);

    /// <summary>The files with SHA-256, but of what openssl salts that it is there.</summary>
    private static Dictionary<string, string> Hashes(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(
            file => Path.GetRelativePath(folder, file),
            file => file.EndsWith(".p12", StringComparison.Ordinal) || file.EndsWith(".encrypted.key", StringComparison.Ordinal)
                ? "salted"
                : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))),
            StringComparer.Ordinal);

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
