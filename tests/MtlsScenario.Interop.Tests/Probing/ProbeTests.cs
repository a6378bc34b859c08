using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Configs;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>probe</c> finds at other people's servers, right and wrong: neither less than the table says nor more.</summary>
public sealed class ProbeTests(ProbedFolder folder, ITestOutputHelper output) : IClassFixture<ProbedFolder>
{
    public static TheoryData<string> Servers() => [.. ProbedServer.All.Select(server => server.Name)];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_lets_in_whom_the_table_says(string name)
    {
        ProbedServer server = ProbedServer.All.First(server => server.Name == name);
        int port = FreePort.Take();
        await using IAsyncDisposable running = await server.Start(folder.Certificates, port);
        BufferedCommandResult run = await folder.Folder.TryToolAsync(["probe", "probed.yaml", "amy", $"https://localhost:{port}", "--json", .. server.Options]);
        Assert.True(run.ExitCode is 0 or 1, $"{run.ExitCode}: {run.StandardOutput}{run.StandardError}");
        JsonNode[] results = [.. JsonNode.Parse(run.StandardOutput)!["results"]!.AsArray().Select(result => result!)];
        string[] letIn = [.. Ids(results, "let-in", "C", isGrade: false).Order(StringComparer.Ordinal)];
        output.WriteLine($"{name}: {string.Join(' ', letIn)}\n  undecided: {string.Join(' ', results.Where(result => (string)result["verdict"]! is "undecided" or "not-tried").Select(result => $"{result["id"]} {result["tls"]} {result["why"]}"))}");
        Assert.Equal(server.LetIn.Split(' ').Order(StringComparer.Ordinal), letIn);
    }

    private static IEnumerable<string> Ids(JsonNode[] results, string verdict, string grade, bool isGrade) => results
        .Where(result => (string)result["verdict"]! == verdict && ((string)result["grade"]! == grade) == isGrade)
        .Select(result => (string)result["id"]!).Distinct();
}
