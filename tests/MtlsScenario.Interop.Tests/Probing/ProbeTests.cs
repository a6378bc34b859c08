using System.Globalization;
using System.Text.Json.Nodes;
using CliWrap.Buffered;
using MtlsScenario.Faults;
using MtlsScenario.Interop.Tests.Configs;
using MtlsScenario.Interop.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests.Probing;

/// <summary>What <c>probe</c> finds at other people's servers, right and wrong: neither less than the table says nor more.</summary>
public sealed class ProbeTests(ProbedFolder folder, ITestOutputHelper output) : IClassFixture<ProbedFolder>
{
    /// <summary>A server that ends connections without a word is called many times for each fault over a line that breaks.</summary>
    private const int MostFaults = 12;

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

    /// <summary>.NET fetches the issuer that a stranger's certificate names, unless it is told not to; others never do.</summary>
    [Theory]
    [InlineData("Kestrel certificate downloads", "let-in", "it fetched from the URL")]
    [InlineData("Kestrel RequireCertificate", "rejected", "; not fetched")]
    [InlineData("nginx on", "rejected", "HTTP 400; not fetched")]
    [InlineData("java setNeedClientAuth", "rejected", "; not fetched")]
    public async Task A_server_that_fetches_what_a_strangers_certificate_names_is_found(string name, string verdict, string seen)
    {
        JsonNode[] results = await ProbeAsync(name, "--only", "aia-fetch");
        Assert.Equal(["C 1.2", "C 1.3"], results.Select(result => $"{result["grade"]} {result["tls"]}"));
        Assert.All(results, result => Assert.Equal(verdict, (string)result["verdict"]!));
        Assert.All(results, result => Assert.EndsWith(seen, (string)result["why"]!, StringComparison.Ordinal));
    }

    /// <summary>What it says to all of the same certificate but for its serial number is the same; any other word more makes it undecided.</summary>
    [Fact]
    public async Task A_server_that_names_the_caller_is_judged_by_the_rest_of_what_it_says()
    {
        JsonNode[] results = await ProbeAsync("node that names the caller", "--only", "none,no-eku,expired,self-signed", "--tls", "1.3");
        Assert.Equal(["expired undecided", "no-eku let-in", "none rejected", "self-signed undecided"], results.Select(result => $"{result["id"]} {result["verdict"]}").Order(StringComparer.Ordinal));
    }

    /// <summary>1 wherever an A was let in, or with --strict a B; else 3 where of an A nobody knows; what does not apply or is skipped does not count.</summary>
    [Fact]
    public async Task The_exit_code_says_whether_somebody_gets_in_or_nobody_knows()
    {
        (string Server, string Caller, string Options, int ExitCode)[] cases =
        [
            ("nginx on", "amy", "none,expired", 0), ("nginx on", "amy", "no-eku", 0), ("nginx on", "amy", "no-eku --strict", 1), ("nginx on", "amy", "revoked,none", 0),
            ("nginx on", "amy", "none,expired -d keyless", 3), ("nginx on", "amy", "none,expired --skip expired -d keyless", 0), ("nginx on", "mallory", "none", 3),
            ("nginx optional", "amy", "none,expired -d keyless", 1), ("node that names the caller", "amy", "expired", 3),
        ];
        Directory.CreateDirectory(folder.Folder.At("keyless"));
        foreach (string file in Directory.GetFiles(folder.Certificates).Where(file => Path.GetExtension(file) != ".key" || Path.GetFileName(file) == "amy_client.key"))
        {
            File.Copy(file, Path.Combine(folder.Folder.At("keyless"), Path.GetFileName(file)), overwrite: true);
        }

        foreach (IGrouping<string, (string Server, string Caller, string Options, int ExitCode)> same in cases.GroupBy(one => one.Server))
        {
            int port = FreePort.Take();
            await using IAsyncDisposable running = await ProbedServer.Of(same.Key).Start(folder.Certificates, port);
            foreach ((_, string caller, string options, int exitCode) in same)
            {
                string[] place = options.Contains("-d ", StringComparison.Ordinal) ? [] : ["-d", "probed"];
                BufferedCommandResult run = await folder.Folder.TryToolAsync(["probe", "against.yaml", caller, $"localhost:{port}", "--tls", "1.3", "--timeout", "60", "--only", .. options.Split(' '), .. place]);
                Assert.True(run.ExitCode == exitCode, $"{same.Key}, {caller}, {options}: {run.ExitCode}\n{run.StandardOutput}{run.StandardError}");
            }
        }
    }

    private async Task<JsonNode[]> ProbeAsync(string name, params string[] more)
    {
        int port = FreePort.Take();
        await using IAsyncDisposable running = await ProbedServer.Of(name).Start(folder.Certificates, port);
        return await folder.ProbeAsync(ProbedServer.Of(name), port, mayBeOpen: true, more);
    }

    /// <summary>
    /// Servers that are configured as they should be, all at once, each behind a line that delays what it carries and breaks one
    /// connection in twenty; each probe tries other faults.
    /// </summary>
    [Fact]
    [Trait(LongRun.Category, LongRun.Long)]
    public async Task An_unsteady_line_makes_no_verdict_false()
    {
        int wanted = LongRun.Count("PROBES", 100, 5_000) / s_right.Length;
        int[] broken = await Task.WhenAll(s_right.Select((name, index) => ProbeOverLineAsync(ProbedServer.Of(name), wanted, new Random(20261129 + index))));
        Assert.True(broken.Sum() > 0);
    }

    private async Task<int> ProbeOverLineAsync(ProbedServer server, int wanted, Random random)
    {
        string[] ids = [.. FaultCatalog.All.Where(fault => fault.Client is not null).Select(fault => fault.Id)];
        string[] expected = server.LetIn.Split(' ');
        int port = FreePort.Take(), made = 0, open = 0;
        await using IAsyncDisposable running = await server.Start(folder.Certificates, port);
        await using var line = new UnsteadyLine(port, random.Next());
        while (made <= wanted)
        {
            random.Shuffle(ids);
            JsonNode[] results = await folder.ProbeAsync(server, line.Port, mayBeOpen: true, "--only", string.Join(',', ids[..Math.Min(MostFaults, 1 + wanted - made)]));
            JsonNode[] decided = [.. results.Where(result => (string)result["verdict"]! is "let-in" or "rejected")];
            Assert.All(decided.Where(result => (string)result["grade"]! != "C"), result =>
                Assert.True(expected.Contains((string)result["id"]!) == ((string)result["verdict"]! == "let-in"), $"{server.Name}, after {made}: {result}"));
            made += decided.Length;
            open += results.Count(result => (string)result["verdict"]! is "undecided" or "not-tried");
        }

        LongRun.Report(output, string.Create(CultureInfo.InvariantCulture, $"probes over a line that breaks, {server.Name}: {made:N0} verdicts, none false, {open} open; {line.Broken} connections broken"));
        return line.Broken;
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
