using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>A root, an issuing authority with a path length of none, Bob's server and Amy, whose keys are all here.</summary>
public sealed class ProbedFolder : IAsyncLifetime, IDisposable
{
    private const string Scenario = """
        name: probed
        defaults: { key: ec-p256 }
        authorities:
          root: { subject: /CN=root, key: rsa-2048 }
          issuing: { subject: /CN=issuing, issuer: root, key: rsa-2048, pathLength: 0 }
          stranger: { subject: /CN=issuing }
          self: { subject: /CN=self_made }
        parties:
          bob: { server: { subject: /CN=localhost, issuer: root, names: [localhost, other.localhost] } }
          amy: { client: { subject: /CN=amy, issuer: issuing } }
          late: { client: { subject: /CN=amy, issuer: issuing, lifetime: { from: -2d, until: -1d } } }
          mallory: { client: { subject: /CN=amy, issuer: stranger, trusts: [root] } }
          self_made: { client: { subject: /CN=amy, issuer: self, trusts: [root] } }
        connections: [amy -> bob]
        """;

    private const string Expectations = """
        connections:
          - amy -> bob
          - { from: late, to: bob, expect: rejected, because: expired }
          - { from: mallory, to: bob, expect: rejected, because: bad-signature }
          - { from: self_made, to: bob, expect: rejected, because: unknown-issuer }
          - { from: amy, to: bob, presents: nothing, expect: rejected, because: no-certificate }
        """;

    private readonly ToolFolder _folder = new();

    private readonly ConcurrentDictionary<string, string> _found = new(StringComparer.Ordinal);

    internal ToolFolder Folder => _folder;

    internal string Certificates => Folder.At("probed");

    public async Task InitializeAsync()
    {
        _folder.Write("probed.yaml", Scenario);
        _folder.Write("against.yaml", Scenario.Replace("connections: [amy -> bob]", Expectations, StringComparison.Ordinal));
        await _folder.RunToolAsync("apply", "probed.yaml");
    }

    /// <summary>Probes a server as amy, who is let in and finds something or nothing; on a line that breaks something may stay open.</summary>
    internal async Task<JsonNode[]> ProbeAsync(ProbedServer server, int port, bool mayBeOpen = false, params string[] more)
    {
        BufferedCommandResult run = await Folder.TryToolAsync(["probe", "probed.yaml", "amy", $"https://localhost:{port}", "--json", "--timeout", "60", .. server.Options, .. more]);
        Assert.True(run.ExitCode is 0 or 1 || (mayBeOpen && run.ExitCode == 3), $"{run.ExitCode}: {run.StandardOutput}{run.StandardError}");
        JsonNode[] results = [.. JsonNode.Parse(run.StandardOutput)!["results"]!.AsArray().Select(result => result!)];
        int Count(params string[] verdicts) => results.Count(result => verdicts.Contains((string)result["verdict"]!));
        if (more.Length > 0)
        {
            return results;
        }

        _found[server.Name] = string.Create(CultureInfo.InvariantCulture, $"{Count("rejected"),3} rejected, {Count("undecided", "not-tried")} open | A: {LetIn(results, "A")} | B: {LetIn(results, "B")}");
        return results;
    }

    /// <summary>What was let in of that grade, in order.</summary>
    internal static string LetIn(JsonNode[] results, params string[] grades) => string.Join(' ', results
        .Where(result => (string)result["verdict"]! == "let-in" && grades.Contains((string)result["grade"]!))
        .Select(result => (string)result["id"]!).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Where <c>MTLS_SCENARIO_TABLES</c> names a folder, what was found is left there, for CI to print.</summary>
    public Task DisposeAsync()
    {
        if (!_found.IsEmpty && Environment.GetEnvironmentVariable("MTLS_SCENARIO_TABLES") is { Length: > 0 } tables)
        {
            string[] lines = [.. ProbedServer.All.Where(server => _found.ContainsKey(server.Name)).Select(server => $"{server.Name,-34} {_found[server.Name]}")];
            File.WriteAllLines(Path.Combine(tables, "Probes.table.txt"), ["Whom servers let in that they should not, as probe finds it", .. lines]);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();
}
