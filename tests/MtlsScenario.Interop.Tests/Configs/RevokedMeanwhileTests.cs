using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Applying;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>
/// The shipped scenario: amy was let in, and is revoked, as it says, while the server runs. Once the CRLs are written and the server is told, she is turned away,
/// also with the session that she has from before.
/// </summary>
public sealed class RevokedMeanwhileTests
{
    private const string Name = "revoked-meanwhile";

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string version in SessionCall.Versions)
        {
            cases.Add(nameof(ConfigProgram.Nginx), version);
            cases.Add(ServedParty.Serve, version);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Who_is_revoked_is_turned_away_with_a_session_too(string program, string version)
    {
        using ConfiguredScenario made = Checking();
        int port = PortOf(made);
        await using IAsyncDisposable server = await ConfiguredPrograms.StartAsync(made, program);
        await OpenAndRevokeAsync(made, version);
        if (program == nameof(ConfigProgram.Nginx))
        {
            await ReloadAsync(made, (RunningProgram)server);
        }

        Assert.False(await IsLetInAsync(made, version, "amy_client"));
        Assert.DoesNotContain(" 200 ", await SessionCall.ResumeAsync(made, port, version, "amy_client"), StringComparison.OrdinalIgnoreCase);
        Assert.True(await IsLetInAsync(made, version, "carl_client"));
    }

    /// <summary>The other way round: a server that resumes sessions would let her in, so the test would see it.</summary>
    [Theory]
    [InlineData("-tls1_2 -no_ticket")]
    public async Task A_server_that_resumes_sessions_lets_in_who_is_revoked(string version)
    {
        using ConfiguredScenario made = Checking();
        await using RunningProgram server = await ServerRunner.StartAsync(
            made, ConfigProgram.Nginx, [made.Server(ConfigProgram.Nginx)], edit: text => text.Replace("ssl_session_cache none", "ssl_session_cache shared:all:1m", StringComparison.Ordinal));
        await OpenAndRevokeAsync(made, version);
        await ReloadAsync(made, server);

        Assert.Contains(" 200 ", await SessionCall.ResumeAsync(made, PortOf(made), version, "amy_client"), StringComparison.OrdinalIgnoreCase);
    }

    private static ConfiguredScenario Checking() => ConfiguredScenario.Shipped(Name);

    private static int PortOf(ConfiguredScenario made) => made.Scenario.Party("bob").Called!.Listen.Port;

    private static async Task OpenAndRevokeAsync(ConfiguredScenario made, string version)
    {
        Assert.Contains(" 200 ", await SessionCall.OpenAsync(made, PortOf(made), version, "amy_client"), StringComparison.OrdinalIgnoreCase);
        string before = File.ReadAllText(ShippedScenarios.FileOf(Name)), after = before.Replace("# revoked: ", "revoked: ", StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        made.ChangeText(after);
    }

    /// <summary>Tells nginx, and waits for the end of the worker that does not know.</summary>
    private static async Task ReloadAsync(ConfiguredScenario made, RunningProgram server)
    {
        Assert.Equal(0, (await Shell.RunAsync(made.Folder, "nginx -p . -c nginx.conf -e stderr -s reload")).ExitCode);
        await server.WaitUntilSaidAsync("exited with code 0");
    }

    /// <summary>Whether a call without a session gets an answer.</summary>
    private static async Task<bool> IsLetInAsync(ConfiguredScenario made, string version, string stem)
    {
        string maximum = version.Contains("1_2", StringComparison.Ordinal) ? "--tls-max 1.2" : "--tlsv1.3";
        var result = await Shell.RunAsync(
            made.Folder, $"curl -s -o answer.txt -w '%{{http_code}}' --cacert ca.crt --capath /dev/null --cert {stem}.crt --key {stem}.key {maximum} https://localhost:{PortOf(made)}/");
        return result.StandardOutput == "200";
    }
}
