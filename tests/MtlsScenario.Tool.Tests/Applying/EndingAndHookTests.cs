using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Xunit;

namespace MtlsScenario.Tool.Tests.Applying;

/// <summary>What jobs of the night ask: what ends soon, and whom to tell that files have changed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EndingAndHookTests : ApplyTest
{
    [Fact]
    public async Task What_ends_within_a_time_is_named_soonest_first_and_fails_the_check()
    {
        _folder.Write("ends.yaml", """
            name: ends
            defaults: { key: ec-p256, lifetime: 90d }
            authorities: { ca: { subject: /CN=ca, lifetime: 3650d } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca, lifetime: 20d } }
              amy: { client: { subject: /CN=amy, issuer: ca, lifetime: { from: -2d, until: +10d } } }
              old: { client: { subject: /CN=old, issuer: ca, lifetime: { from: -3d, until: -1d } } }
              cam: { client: { subject: /CN=cam, issuer: ca } }
            connections: [amy -> bob, cam -> bob]
            """);
        await _folder.RunAsync("apply", "ends.yaml");

        ToolRun run = await _folder.RunAsync("plan", "ends.yaml", "--check", "--within", "30d");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(
            @"\ANothing to do: \./ends is in step with ends\.\namy_client\.crt ends \S+Z\nbob_server\.crt ends \S+Z\n\z", run.Output);
        Assert.Equal(0, (await _folder.RunAsync("plan", "ends.yaml", "--check", "--within", "9d")).ExitCode);
        Assert.Equal(0, (await _folder.RunAsync("plan", "ends.yaml", "--within", "30d")).ExitCode);
        JsonNode json = JsonNode.Parse((await _folder.RunAsync("plan", "ends.yaml", "--within", "80d", "--json")).Output)!;
        Assert.Equal(["amy_client", "bob_server"], json["ending"]!.AsArray().Select(ending => ending!["stem"]!.GetValue<string>()));
        Assert.Null(JsonNode.Parse((await _folder.RunAsync("plan", "ends.yaml", "--json")).Output)!["ending"]);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("-3d")]
    [InlineData("soon")]
    public async Task A_time_that_is_none_is_a_fault_of_usage(string time)
    {
        ToolRun run = await _folder.RunAsync("plan", "amy-bob.yaml", $"--within={time}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a number of days, hours, minutes or seconds is expected, such as 30d or 36h", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_runs_once_where_files_were_changed_and_knows_which()
    {
        Needs.Program("sh");
        string[] apply = ["apply", "amy-bob.yaml", "--on-change", $"echo \"$MTLS_SCENARIO_CHANGED\" >>'{_folder.PathOf("changed")}'; echo told"];
        ToolRun first = await _folder.RunAsync(apply);
        Assert.Equal((0, "told\n"), (first.ExitCode, first.Error));
        Assert.Equal("ca bob_server amy_client\n", _folder.Read("changed"));

        Assert.Equal((0, ""), await Ended(apply));
        Assert.Equal("ca bob_server amy_client\n", _folder.Read("changed"));

        File.Delete(_folder.PathOf("amy-bob/amy_client.crt"));
        Assert.Equal((0, "told\n"), await Ended(apply));
        Assert.Equal("ca bob_server amy_client\namy_client\n", _folder.Read("changed"));
    }

    [Fact]
    public async Task A_command_that_fails_is_said_and_the_files_stay()
    {
        Needs.Program("sh");
        ToolRun run = await _folder.RunAsync("apply", "amy-bob.yaml", "--on-change", "exit 7");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("error: the command of --on-change ended with 7\n  hint: the files are as they should be; nothing was taken back\n", run.Error);
        Assert.Equal(0, (await _folder.RunAsync("plan", "amy-bob.yaml", "--check")).ExitCode);
    }

    private async Task<(int, string)> Ended(string[] arguments)
    {
        ToolRun run = await _folder.RunAsync(arguments);
        return (run.ExitCode, run.Error);
    }
}
