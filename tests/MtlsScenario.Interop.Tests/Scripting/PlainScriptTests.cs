using System.Globalization;
using System.Runtime.Versioning;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>In an empty folder the plain script makes what <c>apply</c> makes; in any other it makes nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PlainScriptTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public static TheoryData<string> Shells => ShellTests.Shells;

    public void Dispose() => _folder.Dispose();

    [OpenSslTheory("1.1.1")]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_1_1_1(string name) => CheckAsync(name, "1.1.1");

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_the_machine_s_own(string name) => CheckAsync(name, OpenSslPrograms.Installed);

    [OpenSslTheory("3.5")]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_3_5(string name) => CheckAsync(name, "3.5");

    [OpenSslTheory("3.6")]
    [ClassData(typeof(ShippedScenarios))]
    public Task On_3_6(string name) => CheckAsync(name, "3.6");

    /// <summary>Random subjects, names, serials, dates, extensions and fleets, hostile characters among them.</summary>
    [Theory]
    [InlineData("1.1.1")]
    [InlineData(OpenSslPrograms.Installed)]
    [InlineData("3.5")]
    [InlineData("3.6")]
    public async Task Whatever_the_values_are(string version)
    {
        Needs.Program("sh");
        Assert.Null(OpenSslPrograms.WhyNot(version));
        int seed = HostileScenario.NewSeed();
        Plan plan = ScriptFolder.PlanOf(new HostileScenario(seed).Many(40));

        BufferedCommandResult run = await _folder.TryAsync(PlainScript.Write(plan), new ScriptRun { Version = version });

        Assert.True(run.ExitCode == 0, $"seed {seed}: {run.StandardError}");
        string differences = _folder.Differences(plan);
        Assert.True(differences.Length == 0, $"seed {seed}: {differences}");
        Assert.Equal(["out", "script.sh"], ScriptFolder.FilesIn(_folder.Root).Where(file => !file.StartsWith("out/", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task In_every_shell(string shell)
    {
        Plan plan = ScriptFolder.PlanOf("""
            name: fleet
            folders: by-party
            defaults: { key: ec-p256 }
            authorities:
              root: { subject: /CN=root }
              ca: { subject: /CN=ca, issuer: root, lifetime: 60000h }
              bare: { subject: /CN=bare, key: rsa-2048, profile: bare }
            parties:
              till: { replicas: 11, client: { subject: { O: " it's $HOME `id` \\ # é日本\n ", CN: "till-{n}" }, issuer: ca, serial: "{n}", names: ["uri:urn://x/{n}"], lifetime: { from: -3d, until: +30000d } } }
              shop: { server: { subject: "/CN=shop.example", issuer: ca, request: false } }
              old: { client: { subject: "/CN=old", issuer: bare, profile: tls } }
            connections: [till -> shop]
            """);

        BufferedCommandResult run = await _folder.TryAsync(PlainScript.Write(plan), new ScriptRun { Shell = shell.Split(' ') });

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.Equal("", _folder.Differences(plan));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task The_article_s_commands_in_every_shell(string shell)
    {
        Plan plan = Planner.For(ShippedScenarios.Read("amy-bob-bare"));

        BufferedCommandResult run = await _folder.TryAsync(PlainScript.Write(plan), new ScriptRun { Shell = shell.Split(' ') });

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.Equal("", _folder.Differences(plan));
    }

    /// <summary>Any one of its files, also a link that leads nowhere, is enough; then nothing is made and nothing is changed.</summary>
    [Theory]
    [InlineData("amy-bob-bare")]
    [InlineData("by-party")]
    public async Task Where_one_of_its_files_is_there_it_does_nothing(string name)
    {
        Plan plan = Planner.For(ShippedScenarios.Read(name));
        string script = PlainScript.Write(plan);
        PlanStep[] steps = [.. plan.Certificates.SelectMany(certificate => certificate.Steps), .. plan.FinalSteps.Select(final => final.Step)];
        Assert.NotEmpty(steps);
        foreach (PlanStep step in steps)
        {
            string path = _folder.At($"out/{step.Output}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.CreateSymbolicLink(path, _folder.At("elsewhere"));
            string[] before = ScriptFolder.FilesIn(_folder.Out);

            BufferedCommandResult run = await _folder.TryAsync(script);

            Assert.Equal((1, $"{step.Output} is there already\n"), (run.ExitCode, run.StandardError));
            Assert.Equal(before, ScriptFolder.FilesIn(_folder.Out));
            File.Delete(path);
        }

        Assert.False(File.Exists(_folder.At("elsewhere")));
        Directory.Delete(_folder.Out, recursive: true);
        Assert.Equal(0, (await _folder.TryAsync(script)).ExitCode);
        Assert.Equal("", _folder.Differences(plan));
    }

    /// <summary>A serial that openssl left would be counted on in the place of a random one.</summary>
    [Fact]
    public async Task A_serial_file_that_is_there_is_not_taken()
    {
        _folder.Write("out/ca.srl", "01\n");

        BufferedCommandResult run = await _folder.TryAsync(PlainScript.Write(Planner.For(ShippedScenarios.Read("amy-bob"))));

        Assert.Equal((1, "ca.srl is there already\n"), (run.ExitCode, run.StandardError));
    }

    /// <summary>With an authority that is named by its key and with one that has no key identifier, which OpenSSL 3 has to be told.</summary>
    [Theory]
    [InlineData("1.1.1", "tls")]
    [InlineData("1.1.1", "none")]
    [InlineData(OpenSslPrograms.Installed, "tls")]
    [InlineData(OpenSslPrograms.Installed, "none")]
    [InlineData("3.6", "tls")]
    [InlineData("3.6", "none")]
    public async Task It_waits_for_what_is_provided_and_uses_it(string version, string profile)
    {
        Needs.Program("sh");
        Assert.Null(OpenSslPrograms.WhyNot(version));
        Plan plan = ScriptFolder.PlanOf("""
            name: partners
            authorities:
              partner: { external: true }
              root: { subject: /CN=root, key: ed25519 }
            parties:
              amy: { client: { subject: /CN=amy-client, issuer: partner, trusts: [root, partner], key: ec-p256 } }
              bob: { client: { subject: /CN=bob-client, issuer: partner, trusts: [partner], key: ec-p256, lifetime: 36h } }
            """);
        string script = PlainScript.Write(plan);
        var how = new ScriptRun { Version = version };

        BufferedCommandResult waits = await _folder.TryAsync(script, how);
        Assert.Equal(
            (3, "waiting for partner.crt (it is provided, and never made); when it is there, run this again\n"),
            (waits.ExitCode, waits.StandardError));
        Assert.Empty(ScriptFolder.FilesIn(_folder.Out));

        string identifier = profile == "tls" ? "subjectKeyIdentifier = hash\n" : "";
        BufferedCommandResult provided = await _folder.TryAsync($"""
            set -eu
            umask 077
            cd out
            openssl genpkey -algorithm ED25519 -out partner.key
            openssl req -new -x509 -key partner.key -config - -out partner.crt <<'END'
            [req]
            prompt = no
            distinguished_name = subject
            x509_extensions = extensions
            [subject]
            CN = X509v3 Subject Key Identifier
            [extensions]
            basicConstraints = critical, CA:TRUE
            {identifier}END
            """, new ScriptRun { File = "provide.sh", Version = profile == "tls" ? version : "1.1.1" });
        Assert.True(provided.ExitCode == 0, provided.StandardError);

        BufferedCommandResult run = await _folder.TryAsync(script, how);

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.Equal("", _folder.Differences(plan));
    }

    /// <summary>No file that it makes can be read by others before all is made: what is public is opened in the end.</summary>
    [Fact]
    public async Task Where_it_stops_nothing_can_be_read_by_others_and_its_own_folder_is_gone()
    {
        Plan plan = Planner.For(ShippedScenarios.Read("fixed-serials-and-dates"));
        string script = PlainScript.Write(plan);
        int last = script.LastIndexOf("\nopenssl ca ", StringComparison.Ordinal);
        Assert.True(last > 0);

        BufferedCommandResult run = await _folder.TryAsync(script.Insert(last + 1, "false\n"));

        Assert.Equal(1, run.ExitCode);
        string[] left = ScriptFolder.FilesIn(_folder.Out);
        Assert.Contains("ca.key", left);
        Assert.All(left, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At($"out/{file}"))));
        Assert.DoesNotContain(left, file => file.StartsWith(PlainCommands.WorkFolder, StringComparison.Ordinal));
    }

    /// <summary>The calendar of the script, in each awk that there is, against .NET's.</summary>
    [Theory]
    [InlineData("awk")]
    [InlineData("busybox awk")]
    public async Task Relative_dates_are_those_of_the_calendar(string awk)
    {
        string script = PlainScript.Write(Planner.For(ShippedScenarios.Read("expired")));
        int start = script.IndexOf("calendar='", StringComparison.Ordinal);
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var calls = new List<string> { script[start..script.IndexOf("}'\n", start, StringComparison.Ordinal)] + "}'" };
        var expected = new List<string>();
        foreach (long now in new[] { 999_999_999L, 1_709_164_799, 1_709_208_000, 2_147_483_647, 2_147_483_648, 4_102_444_800 })
        {
            for (int index = 0; index < 60; index++)
            {
                long seconds = random.NextInt64(-31_536_000_000, 31_536_000_000);
                calls.Add(string.Create(CultureInfo.InvariantCulture, $"{awk} -v now={now} -v seconds={seconds} \"$calendar\"; echo"));
                expected.Add(DateTimeOffset.FromUnixTimeSeconds(now + seconds).ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture));
            }
        }

        BufferedCommandResult run = await _folder.TryAsync(string.Join('\n', calls) + "\n");

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.True(expected.SequenceEqual(run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)), $"seed {seed}");
    }

    private async Task CheckAsync(string name, string program)
    {
        Plan plan = Planner.For(ShippedScenarios.Read(name));
        OpenSslVersion version = await OpenSslFacts.VersionOfAsync(program);
        var how = new ScriptRun { Version = program, Variables = { ["OPENSSL_CONF"] = _folder.Write("machine.cnf", "[req]\nencrypt_key = no\nprompt = yes\n") } };

        BufferedCommandResult run = await _folder.TryAsync(PlainScript.Write(plan), how);

        if (ScriptWriter.Obstacle(plan, new ScriptOptions(), version) is not null)
        {
            Assert.Equal(1, run.ExitCode);
            if (OpenSslFacts.NeedsMlDsa(plan))
            {
                Assert.False(OpenSslFacts.HasMlDsa(version));
                Assert.Equal("not possible: this openssl has no ML-DSA; 3.5 and later have\n", run.StandardError);
            }
            else if (OpenSslFacts.NeedsCrlDates(plan))
            {
                Assert.False(OpenSslFacts.WritesCrlDates(version));
                Assert.Matches(@"\Anot possible: OpenSSL 1\.\S+ .*cannot write the dates of a CRL\n\z", run.StandardError);
            }
            else
            {
                Assert.False(OpenSslFacts.WritesVersion1(version));
                Assert.Matches(@"\Anot possible: OpenSSL 3\.\S+ .*writes v3, not X\.509 v1 certificates\n\z", run.StandardError);
            }

            Assert.False(Directory.Exists(_folder.Out));
            return;
        }

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.Equal("", _folder.Differences(plan));
    }
}
