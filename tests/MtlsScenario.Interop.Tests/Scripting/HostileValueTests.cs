using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using CliWrap.Buffered;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>Nothing that a scenario contains becomes anything but a value.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileValueTests
{
    private const int Scenarios = 250;

    private static readonly string[] _values =
    [
        "it's", "say \"hello\"", "$(touch pwned)", "`touch pwned`", "two\nlines", "\r\n", "-rf", "--help", "/CN=evil", "a/b", "a+b", "a,b", "a#b", "#", "a\\b",
        "\\", "$ENV::HOME", "${ENV::HOME}", "$HOME", "${n}", "{n}", "é日本", "😀", " blanks at both ends ", "  ", "\ttab\t", "a;b", "a=b", "[section]", "@names", "END",
        "\nEND\ntouch pwned\n", "%s%n", "!event", "*", "~", "a'b\"c`d$e\\f", "\u0001\u007f", "\u2028\u202e", "critical, CA:TRUE",
    ];

    [OpenSslTheory("1.1.1")]
    [InlineData("1.1.1")]
    public Task As_written_on_1_1_1(string version) => CheckValuesAsync(version);

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [InlineData(OpenSslPrograms.Installed)]
    public Task As_written_on_the_machine_s_own(string version) => CheckValuesAsync(version);

    [OpenSslTheory("3.5")]
    [InlineData("3.5")]
    public Task As_written_on_3_5(string version) => CheckValuesAsync(version);

    [OpenSslTheory("3.6")]
    [InlineData("3.6")]
    public Task As_written_on_3_6(string version) => CheckValuesAsync(version);

    /// <summary>
    /// Every file that a run leaves is one of the scenario's, in the folder; the command <c>pwn</c>, which the values call in
    /// every way, is in the path and never runs.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_thousand_random_scenarios_leave_no_file_outside_the_folder(int quarter)
    {
        int seed = HostileScenario.NewSeed() + (quarter * Scenarios);
        bool mayBeBare = OpenSslFacts.WritesVersion1(await OpenSslFacts.VersionOfAsync(OpenSslPrograms.Installed));
        string key = await NewKeyAsync();
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(seed, Scenarios),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (one, _) =>
            {
                Plan plan = ScriptFolder.PlanOf(new HostileScenario(one).Small(mayBeBare));
                if (await FaultOfAsync(plan, ScriptWriter.Write(plan, new ScriptOptions()), key) is { } fault)
                {
                    faults.Add($"seed {one}: {fault}");
                }
            });

        Assert.True(faults.IsEmpty, $"{faults.Count} of {Scenarios}, such as {faults.FirstOrDefault()}");
    }

    [Theory]
    [InlineData("pwn", "canary")]
    [InlineData("touch pwned", "pwned")]
    public async Task A_script_that_did_would_be_found_out(string command, string trace)
    {
        Plan plan = ScriptFolder.PlanOf(new HostileScenario(1).Small(mayBeBare: false));
        string script = ScriptWriter.Write(plan, new ScriptOptions()).Replace("unset CDPATH\n", $"unset CDPATH\n{command}\n", StringComparison.Ordinal);

        Assert.Equal($"there is bin, bin/pwn, {(trace == "canary" ? "canary, home" : "home, pwned")}, script.sh", await FaultOfAsync(plan, script, await NewKeyAsync()));
    }

    private static async Task<string?> FaultOfAsync(Plan plan, string script, string key)
    {
        using var folder = new ScriptFolder();
        foreach (PlannedCertificate certificate in plan.Certificates)
        {
            File.SetUnixFileMode(folder.Write($"out/{certificate.Files.Key}", key), (UnixFileMode)0b110_000_000);
            File.SetUnixFileMode(Path.GetDirectoryName(folder.At($"out/{certificate.Files.Key}"))!, (UnixFileMode)0b111_000_000);
        }

        File.SetUnixFileMode(folder.Write("bin/pwn", "#!/bin/sh\n: >\"$CANARY\"\n"), (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(folder.At("home"));
        var how = new ScriptRun
        {
            Variables =
            {
                ["PATH"] = $"{folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = folder.At("home"),
                ["TMPDIR"] = folder.At("home"),
                ["CANARY"] = folder.At("canary"),
            },
        };
        BufferedCommandResult run = await folder.TryAsync(script, how);
        if (run.ExitCode != 0)
        {
            return run.StandardError;
        }

        string[] outside = [.. ScriptFolder.FilesIn(folder.Root).Where(file => !file.StartsWith("out", StringComparison.Ordinal))];
        return outside.SequenceEqual(["bin", "bin/pwn", "home", "script.sh"])
            ? folder.Differences(plan) is { Length: > 0 } differences ? differences : null
            : $"there is {string.Join(", ", outside)}";
    }

    private static async Task<string> NewKeyAsync()
    {
        using var folder = new ScriptFolder();
        BufferedCommandResult made = await folder.TryAsync("openssl genpkey -algorithm ED25519\n");
        return made.StandardOutput;
    }

    /// <summary>What .NET reads in the certificates is what was written in the scenario.</summary>
    private static async Task CheckValuesAsync(string version)
    {
        string parties = string.Join('\n', _values.Select((value, index) =>
            $"  p{index}: {{ client: {{ subject: {{ O: {HostileScenario.Quoted(value)}, CN: {HostileScenario.Quoted(value)} }}, issuer: ca }} }}"));
        Plan plan = ScriptFolder.PlanOf($$"""
            name: values
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: { O: "it's $(touch pwned) `x` \\ # é日本" } } }
            parties:
            {{parties}}
              fleet: { replicas: 2, client: { subject: { O: "$HOME ${n} {n} \\ #", CN: "'{n}'" }, issuer: ca } }
            """);
        using var folder = new ScriptFolder();

        await folder.RunAsync(plan, version);

        Assert.Equal("", folder.Differences(plan));
        Assert.All(_values.Index(), value => Assert.Equal([value.Item, value.Item], Subject($"p{value.Index}_client")));
        Assert.Equal(["$HOME $1 1 \\ #", "'1'"], Subject("fleet-1_client"));
        Assert.Equal(["it's $(touch pwned) `x` \\ # é日本"], Subject("ca"));

        string[] Subject(string stem)
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(folder.At($"out/{stem}.crt"));
            return [.. certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false).Select(name => name.GetSingleElementValue()!)];
        }
    }
}
