using System.Text.RegularExpressions;
using Xunit;

namespace MtlsScenario.Tool.Tests.Pictures;

public sealed partial class ReportCommandTests : IDisposable
{
    private const string Scenario = """
        name: small
        description: '"><script>alert(1)</script> & </style></title>'
        authorities:
          ca: { subject: { CN: "</code><img src=x onerror=alert(1)>" }, key: ec-p256 }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca, key: ec-p256 }
          amy:
            client: { subject: /CN=amy-client, issuer: ca, key: ec-p256 }
        connections: [amy -> bob]
        """;

    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task Without_a_folder_the_page_is_of_what_would_be_issued()
    {
        ToolRun run = await RunAsync("report", "small.yaml", "-o", "small.html");

        Assert.Equal((0, "", "there is no ./small; of what would be issued\n"), (run.ExitCode, run.Output, run.Error));
        string page = _folder.Read("small.html");
        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("Of what would be issued, as of ", page, StringComparison.Ordinal);
        Assert.Contains("✓ 2 passed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_nothing_of_the_scenario_s_counts_as_none()
    {
        Directory.CreateDirectory(_folder.PathOf("small"));
        _folder.Write("small/notes.txt", "mine");
        ToolRun run = await RunAsync("report", "small.yaml", "--no-test", "-o", "page.html");
        Assert.Equal((0, "in ./small is nothing of the scenario's; of what would be issued\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Of_many_parties_it_shows_what_can_be_read()
    {
        const int Count = 400;
        string parties = string.Concat(Enumerable.Range(0, Count).Select(number => $"  p{number}: {{ client: {{ subject: /CN=p{number}, issuer: ca }} }}\n"));
        _folder.Write("many.yaml", $"name: many\ndefaults: {{ key: ec-p256 }}\nauthorities: {{ ca: {{ subject: /CN=ca }} }}\nparties:\n{parties}  bob: {{ server: {{ subject: /CN=bob, issuer: ca }} }}\nconnections: [p0 -> bob]\n");

        ToolRun run = await RunAsync("report", "many.yaml", "--no-test");

        Assert.Contains($"p1 … p{Count - 1} × {Count - 1}", run.Output, StringComparison.Ordinal);
        Assert.Equal(Count + 2, Regex.Count(run.Output, "<details id=\"certificate-"));
        Assert.Contains("mtls-scenario serve many.yaml bob", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Count + 1 - 60} more parties", run.Output, StringComparison.Ordinal);
        Assert.Contains("mtls-scenario script many.yaml", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("umask 077", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_folder_it_shows_what_is_there_and_no_key()
    {
        await RunAsync("apply", "small.yaml", "-d", "certs");
        File.Delete(_folder.PathOf("certs/amy_client.crt"));

        ToolRun run = await RunAsync("report", "small.yaml", "-d", "certs");

        Assert.Equal((0, "of what is in certs\n"), (run.ExitCode, run.Error));
        Assert.Contains("✗ missing", run.Output, StringComparison.Ordinal);
        Assert.Contains("– 2 not tried", run.Output, StringComparison.Ordinal);
        foreach (string key in new[] { "ca", "bob_server", "amy_client" })
        {
            string[] lines = _folder.Read($"certs/{key}.key").Split('\n');
            Assert.StartsWith("-----BEGIN ", lines[0], StringComparison.Ordinal);
            Assert.DoesNotContain(lines[1], run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_that_a_scenario_holds_becomes_markup()
    {
        ToolRun run = await RunAsync("report", "small.yaml");

        Assert.DoesNotContain("<script>alert", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", run.Output, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(run.Output, "<script"));
        Assert.Single(Regex.Matches(run.Output, "</title>.*?<style>"));
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_on_it_is_fetched_and_no_attribute_is_a_style_or_a_script()
    {
        ToolRun run = await RunAsync("report", "small.yaml");
        string markup = ScriptOrStyle().Replace(run.Output, "");

        Assert.Contains("default-src &#39;none&#39;; style-src &#39;sha256-", markup, StringComparison.Ordinal);
        Assert.DoesNotMatch("<[^>]* (src|style|on[a-z]+)=", markup);
        Assert.DoesNotMatch("<[^>]* href=\"[^#]", markup);
    }

    [Fact]
    public async Task A_terminal_is_no_browser()
    {
        _folder.Write("small.yaml", Scenario);
        var terminal = new InProcessSetup { IsTerminal = true };

        ToolRun refused = await _folder.RunInProcessAsync(terminal, "report", "small.yaml");
        ToolRun forced = await _folder.RunInProcessAsync(terminal, "report", "small.yaml", "--no-test", "-o", "-");

        Assert.Equal(
            (2, "", "error: the page is for a browser, not for a terminal\n  hint: write it to a file: -o FILE.html; -o - prints it all the same\n"),
            (refused.ExitCode, refused.Output, WithoutColour(refused.Error)));
        Assert.Equal(0, forced.ExitCode);
        Assert.DoesNotContain("id=\"connections\"", forced.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "error: there is no folder certs\n  hint: make it: mtls-scenario apply small.yaml -d certs\n", "-d", "certs")]
    [InlineData(2, "error: --no-test excludes --stack, --client, --server and --against\n  hint: they say what plays in the test\n", "--no-test", "--stack", "dotnet")]
    public async Task What_cannot_be_is_refused_and_nothing_is_written(int exitCode, string error, params string[] options)
    {
        ToolRun run = await RunAsync(["report", "small.yaml", "-o", "small.html", .. options]);

        Assert.Equal((exitCode, "", error), (run.ExitCode, run.Output, run.Error));
        Assert.False(File.Exists(_folder.PathOf("small.html")));
    }

    [Fact]
    public async Task Quiet_it_says_nothing_and_a_failed_connection_does_not_change_its_exit_code()
    {
        _folder.Write("small.yaml", Scenario.Replace("[amy -> bob]", "[amy -> bob, { from: amy, to: bob, expect: rejected, because: expired }]", StringComparison.Ordinal));

        ToolRun run = await _folder.RunAsync("report", "small.yaml", "-q");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("what would be issued\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("✗ 2 failed", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "First to expire: ", "364 days left", "due from 2027-06-01T08:00:00Z")]
    [InlineData(300, "<span class=\"status untried\">! due: 3</span>", "64 days left", "! due since 2027-06-01T08:00:00Z")]
    [InlineData(400, "<span class=\"status failed\">✗ expired: 3</span>", "expired 35 days ago", "✗ expired")]
    public async Task It_says_what_is_due_and_what_has_expired_when_it_is_made(int days, string summary, string age, string judgement)
    {
        var start = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        _folder.Write("small.yaml", Scenario);
        await _folder.RunInProcessAsync(new InProcessSetup { Time = new StoppedClock(start) }, "apply", "small.yaml");

        ToolRun run = await _folder.RunInProcessAsync(
            new InProcessSetup { Time = new StoppedClock(start.AddDays(days).AddHours(1)) }, "report", "small.yaml", "--no-test");

        Assert.Contains(summary, run.Output, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(run.Output, age));
        Assert.Contains(judgement, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ from: -91d, until: -1d }", "rejected, because: expired", "expired, as it is meant to be")]
    [InlineData("{ from: 2020-01-01T00:00:00Z, until: 2021-01-01T00:00:00Z }", "rejected, because: expired", "expired, as it is meant to be")]
    [InlineData("{ from: +10d, until: +20d }", "rejected, because: not-yet-valid", "not yet valid, as it is meant to be")]
    [InlineData("{ from: 2020-01-01T00:00:00Z, until: 2021-01-01T00:00:00Z }", "accepted", "✗ expired")]
    public async Task What_is_meant_to_be_out_of_date_is_no_problem(string lifetime, string expect, string judgement)
    {
        _folder.Write("old.yaml", $$"""
            name: old
            defaults: { key: ec-p256 }
            authorities: { ca: { subject: /CN=ca, lifetime: { from: -3000d, until: +365d } } }
            parties:
              bob: { server: { subject: /CN=localhost, issuer: ca } }
              amy: { client: { subject: /CN=amy, issuer: ca, lifetime: {{lifetime}} } }
            connections: [{ from: amy, to: bob, expect: {{expect}} }]
            """);

        string page = (await _folder.RunAsync("report", "old.yaml", "--no-test")).Output;

        bool isProblem = expect == "accepted";
        Assert.Contains(isProblem ? $"<span class=\"status failed\">{judgement}</span>" : $"<span class=\"quiet\">{judgement}</span>", page, StringComparison.Ordinal);
        Assert.Equal(isProblem, page.Contains("<span class=\"status failed\">✗ expired: 1</span>", StringComparison.Ordinal));
        Assert.DoesNotContain("– not yet valid", page, StringComparison.Ordinal);
        Assert.Equal(!judgement.Contains("expired", StringComparison.Ordinal), page.Contains("First to expire: <a href=\"#certificate-3\">", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_expires_first_stands_first_and_what_others_provide_last()
    {
        _folder.Write("dates.yaml", """
            name: dates
            authorities:
              partner: { external: true }
              ca: { subject: /CN=ca, lifetime: 3650d }
            parties:
              long: { client: { subject: /CN=long, issuer: ca, lifetime: 300d } }
              short: { client: { subject: /CN=short, issuer: ca, lifetime: 3d } }
              written: { client: { subject: /CN=written, issuer: ca, lifetime: { from: -1d, until: 2099-01-01T00:00:00Z } } }
            """);

        ToolRun run = await _folder.RunAsync("report", "dates.yaml", "--no-test");

        string list = run.Output[run.Output.IndexOf("<ol class=\"timeline\">", StringComparison.Ordinal)..];
        Assert.Equal(
            ["short_client", "long_client", "ca", "written_client", "partner"],
            Regex.Matches(list, "<div class=\"who\"><a href=\"#certificate-[0-9]+\">(.*?)</a>").Select(match => match.Groups[1].Value));
        Assert.Contains("never due: its end is written down", list, StringComparison.Ordinal);
        Assert.Contains("provided by others", list, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> RunAsync(params string[] arguments)
    {
        _folder.Write("small.yaml", Scenario);
        return _folder.RunAsync(arguments);
    }

    private static string WithoutColour(string text) => Colour().Replace(text, "");

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex("<style>.*?</style>|<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptOrStyle();
}
