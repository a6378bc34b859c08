using System.Globalization;
using System.Text.Json.Nodes;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>probe</c> finds at other people's servers, right and wrong: neither less than the table says nor more.</summary>
public sealed class ProbeTests(ProbedFolder folder, ITestOutputHelper output) : IClassFixture<ProbedFolder>
{
    private static readonly string[] s_right = ["nginx on", "haproxy required", "apache require", "node rejectUnauthorized: true", "Kestrel RequireCertificate", "python CERT_REQUIRED"];

    public static TheoryData<string> Servers() => [.. ProbedServer.All.Select(server => server.Name)];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_lets_in_whom_the_table_says(string name)
    {
        ProbedServer server = ProbedServer.Of(name);
        int port = FreePort.Take();
        await using IAsyncDisposable running = await server.Start(folder.Certificates, port);
        JsonNode[] results = await folder.ProbeAsync(server, port);
        output.WriteLine($"{name}, undecided: {string.Join(' ', results.Where(result => (string)result["verdict"]! is "undecided" or "not-tried").Select(result => $"{result["id"]} {result["tls"]} {result["why"]}"))}");
        Assert.Equal(string.Join(' ', server.LetIn.Split(' ').Order(StringComparer.Ordinal)), ProbedFolder.LetIn(results, "A", "B"));
    }

    /// <summary>Servers that are configured as they should be, behind a line that delays what it carries and breaks one connection in twenty.</summary>
    [Fact]
    [Trait(LongRun.Category, LongRun.Long)]
    public async Task An_unsteady_line_makes_no_verdict_false()
    {
        int wanted = LongRun.Count("PROBES", 100, 5_000), made = 0, open = 0, broken = 0;
        var random = new Random(20261129);
        for (int round = 0; made < wanted; round++)
        {
            ProbedServer server = ProbedServer.Of(s_right[round % s_right.Length]);
            int port = FreePort.Take();
            await using IAsyncDisposable running = await server.Start(folder.Certificates, port);
            await using var line = new UnsteadyLine(port, random.Next());
            JsonNode[] results = await folder.ProbeAsync(server, line.Port, mayBeOpen: true);
            JsonNode[] decided = [.. results.Where(result => (string)result["verdict"]! is "let-in" or "rejected")];
            string[] expected = server.LetIn.Split(' ');
            Assert.All(decided.Where(result => (string)result["grade"]! != "C"), result =>
                Assert.True(expected.Contains((string)result["id"]!) == ((string)result["verdict"]! == "let-in"), $"{server.Name}, after {made}: {result}"));
            made += decided.Length;
            open += results.Count(result => (string)result["verdict"]! is "undecided" or "not-tried");
            broken += line.Broken;
        }

        Assert.True(broken > 0);
        LongRun.Report(output, string.Create(CultureInfo.InvariantCulture, $"probes over a line that breaks: {made:N0} verdicts, none false, {open} open; {broken} connections broken"));
    }

    [Fact]
    public async Task What_is_printed_is_as_the_schema_says()
    {
        ProbedServer server = ProbedServer.Of("nginx optional");
        int port = FreePort.Take();
        await using IAsyncDisposable running = await server.Start(folder.Certificates, port);
        await folder.Folder.RunToolAsync("probe", "probed.yaml", "amy", $"localhost:{port}", "--only", "expired,tls-1.0,revoked", "-q", "--html", "probe.html");
        foreach ((string file, string[] arguments) in new (string, string[])[]
        {
            ("probed.json", ["probe", "probed.yaml", "amy", $"localhost:{port}", "--only", "none,expired,tls-1.0,plaintext-first,revoked"]),
            ("served.json", ["serve", "probed.yaml", "bob", "--faults", "--listen", "localhost:0", "--only", "expired", "--run", "true"]),
        })
        {
            folder.Folder.Write(file, (await folder.Folder.TryToolAsync([.. arguments, "--json"])).StandardOutput);
        }

        folder.Folder.Write("wrong.json", File.ReadAllText(folder.Folder.At("probed.json")).Replace("\"let-in\"", "\"accepted\"", StringComparison.Ordinal));
        Assert.Equal(["wrong.json"], await JsonSchemas.RefusedAsync(folder.Folder, "probe", "probed.json", "served.json", "wrong.json"));
        Assert.Contains("<td role=\"cell\" data-column=\"Verdict\"><span class=\"status passed\">rejected</span></td><td role=\"cell\" data-column=\"Seen\">HTTP 400</td>", File.ReadAllText(folder.Folder.At("probe.html")), StringComparison.Ordinal);
    }
}
