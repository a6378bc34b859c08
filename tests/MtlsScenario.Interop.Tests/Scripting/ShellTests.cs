using System.Globalization;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Scripting;
using Xunit;

namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>The scripts of the amy-bob scenarios in every shell that there is, on every OpenSSL.</summary>
public sealed class ShellTests
{
    private static readonly string[] _shells = ["dash", "bash", "bash --posix", "busybox ash", "mksh", "zsh --emulate sh"];

    public static TheoryData<string> Shells => [.. _shells];

    public static TheoryData<string, string> ShellsAndScenarios
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string shell in _shells)
            {
                foreach (string name in new[] { "amy-bob", "amy-bob-bare", "amy-bob-distinct-cas" })
                {
                    all.Add(shell, name);
                }
            }

            return all;
        }
    }

    [OpenSslTheory("1.1.1")]
    [MemberData(nameof(ShellsAndScenarios))]
    public Task On_1_1_1(string shell, string name) => CheckAsync(shell, name, "1.1.1");

    [OpenSslTheory(OpenSslPrograms.Installed)]
    [MemberData(nameof(ShellsAndScenarios))]
    public Task On_the_machine_s_own(string shell, string name) => CheckAsync(shell, name, OpenSslPrograms.Installed);

    [OpenSslTheory("3.5")]
    [MemberData(nameof(ShellsAndScenarios))]
    public Task On_3_5(string shell, string name) => CheckAsync(shell, name, "3.5");

    [OpenSslTheory("3.6")]
    [MemberData(nameof(ShellsAndScenarios))]
    public Task On_3_6(string shell, string name) => CheckAsync(shell, name, "3.6");

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task A_fleet_and_folders_by_party_and_odd_values(string shell)
    {
        Plan plan = ScriptFolder.PlanOf("""
            name: fleet
            folders: by-party
            defaults: { key: ec-p256 }
            authorities:
              root: { subject: /CN=root }
              ca: { subject: /CN=ca, issuer: root }
            parties:
              till: { replicas: 11, client: { subject: { O: " it's $HOME `id` \\ # é日本\n ", CN: "till-{n}" }, issuer: ca, serial: "{n}", names: ["uri:urn://x/{n}"] } }
              shop: { server: { subject: "/CN=shop.example", issuer: ca } }
            connections: [till -> shop]
            """);
        using var folder = new ScriptFolder();

        BufferedCommandResult run = await folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), new ScriptRun { Shell = shell.Split(' ') });

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Equal("", folder.Differences(plan));
    }

    /// <summary>The calendar of the script, with a moment put in for the clock, against .NET's.</summary>
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Relative_dates_are_those_of_the_calendar(string shell)
    {
        string script = ScriptWriter.Write(Planner.For(ShippedScenarios.Read("amy-bob")), new ScriptOptions());
        int start = script.IndexOf("now=$(date -u +%s)", StringComparison.Ordinal);
        string functions = script[start..script.IndexOf("\n# 1.", start, StringComparison.Ordinal)];
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var expected = new List<string>();
        var calls = new List<string>();
        foreach (long now in new[] { 999_999_999L, 1_700_000_000, 1_709_164_799, 1_709_208_000, 1_767_225_599, 2_147_483_647, 2_147_483_648, 4_102_444_800 })
        {
            calls.Add(functions.Replace("$(date -u +%s)", now.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            for (int index = 0; index < 60; index++)
            {
                (int days, int seconds) = (random.Next(-365_000, 365_000), random.Next(0, 86_400));
                calls.Add($"date_at {days} {seconds}; echo");
                expected.Add(DateTimeOffset.FromUnixTimeSeconds(now).AddDays(days).AddSeconds(seconds)
                    .ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture));
            }
        }

        using var folder = new ScriptFolder();
        BufferedCommandResult run = await folder.TryAsync(
            "set -eu\nfail() { echo \"$*\"; exit 1; }\n" + string.Join('\n', calls) + "\n", new ScriptRun { Shell = shell.Split(' ') });

        Assert.True(run.ExitCode == 0, run.StandardError);
        Assert.True(expected.SequenceEqual(run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)), $"seed {seed}");
    }

    private static async Task CheckAsync(string shell, string name, string version)
    {
        Scenario scenario = ShippedScenarios.Read(name);
        Plan plan = Planner.For(scenario);
        using var folder = new ScriptFolder();
        var how = new ScriptRun { Shell = shell.Split(' '), Version = version };

        BufferedCommandResult run = await folder.TryAsync(ScriptWriter.Write(plan, new ScriptOptions()), how);

        if (name == "amy-bob-bare" && !OpenSslFacts.WritesVersion1(await OpenSslFacts.VersionOfAsync(version)))
        {
            Assert.StartsWith("not possible: OpenSSL ", run.StandardError, StringComparison.Ordinal);
            Assert.Equal(1, run.ExitCode);
            Assert.False(Directory.Exists(folder.Out));
            return;
        }

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Equal("", folder.Differences(plan));
    }
}
