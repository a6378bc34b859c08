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
    [InlineData(3, "error: there is no folder certs\n  hint: make it with apply\n", "-d", "certs")]
    [InlineData(2, "error: --no-test excludes --stack, --client and --server\n  hint: they say what plays in the test\n", "--no-test", "--stack", "dotnet")]
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

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> RunAsync(params string[] arguments)
    {
        _folder.Write("small.yaml", Scenario);
        return _folder.RunAsync(arguments);
    }

    private static string WithoutColour(string text) => Colour().Replace(text, "");

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex("<style>.*?</style>|<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptOrStyle();
}
