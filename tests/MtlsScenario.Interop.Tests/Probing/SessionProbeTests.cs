using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Configs;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>probe</c> finds of sessions: a server that resumes one lets in whom it would turn away by now, and one that does not is not blamed.</summary>
public sealed class SessionProbeTests(ProbedFolder folder) : IClassFixture<ProbedFolder>
{
    public static TheoryData<string> Servers() => [.. ProbedServer.Remembering.Select(server => server.Name)];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_lets_in_with_a_session_whom_the_table_says(string name)
    {
        ProbedServer server = ProbedServer.Of(name);
        int port = FreePort.Take();
        await using IAsyncDisposable running = await server.Start(folder.Certificates, port);
        JsonNode[] results = await folder.ProbeAsync(server, port, more: ["--only", "expired,resumed-after-expiry,resumed-after-revocation,other-vhost-session"]);
        string[] letIn = [.. results.Where(result => (string)result["verdict"]! == "let-in").Select(result => $"{result["id"]} {result["tls"]}").Order(StringComparer.Ordinal)];
        Assert.Equal(server.LetIn.Length == 0 ? [] : [$"{server.LetIn} 1.2", $"{server.LetIn} 1.3"], letIn);
        Assert.Equal(["does-not-apply"], results.Where(result => (string)result["id"]! == "resumed-after-revocation").Select(result => (string)result["verdict"]!).Distinct());
        Assert.DoesNotContain(results, result => (string)result["verdict"]! is "undecided" or "not-tried");
    }

    /// <summary>The shipped scenario, whose nginx learns during the probe that amy is revoked.</summary>
    [Theory]
    [InlineData("shared:all:1m", "let-in", 1)]
    [InlineData("none", "rejected", 0)]
    public async Task Who_is_revoked_while_the_server_runs_is_tried_with_the_session_from_before(string cache, string verdict, int exitCode)
    {
        const string Name = "revoked-meanwhile";
        using ConfiguredScenario made = ConfiguredScenario.Shipped(Name);
        int port = made.Scenario.Party("bob").Called!.Listen.Port;
        await using RunningProgram server = await ServerRunner.StartAsync(
            made, ConfigProgram.Nginx, [made.Server(ConfigProgram.Nginx)], edit: text => text.Replace("ssl_session_cache none", $"ssl_session_cache {cache}", StringComparison.Ordinal));
        string revoked = File.ReadAllText(ShippedScenarios.FileOf(Name)).Replace("# revoked: ", "revoked: ", StringComparison.Ordinal);
        made.ChangeText(revoked);
        using var own = new ToolFolder();
        own.Write("revoked.yaml", revoked);
        BufferedCommandResult run = await own.TryToolAsync(
            "probe", "revoked.yaml", "carl", $"https://localhost:{port}", "-d", made.Folder, "--only", "revoked,resumed-after-revocation", "--timeout", "60",
            "--revoke", $"cd {made.Folder} && nginx -p . -c nginx.conf -e stderr -s reload", "--json");
        string[] found = [.. JsonNode.Parse(run.StandardOutput)!["results"]!.AsArray().Select(result => $"{result!["id"]} {result["tls"]} {result["verdict"]}").Order(StringComparer.Ordinal)];
        Assert.True(found.SequenceEqual([$"resumed-after-revocation 1.2 {verdict}", $"resumed-after-revocation 1.3 {verdict}", "revoked 1.2 rejected", "revoked 1.3 rejected"]), $"{run.StandardOutput}{run.StandardError}");
        Assert.Equal(exitCode, run.ExitCode);
    }
}
