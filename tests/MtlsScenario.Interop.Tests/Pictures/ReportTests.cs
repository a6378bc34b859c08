using System.Text.Json;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Pictures;

public sealed class ReportTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    [Theory]
    [InlineData("amy-bob-bare")]
    [InlineData("fixed-serials-and-dates")]
    [InlineData("peer-mesh")]
    [InlineData("wrong-host")]
    public Task The_page_of_a_shipped_scenario_is_right_in_a_browser(string name) => CheckAsync(ShippedScenarios.FileOf(name));

    [Fact]
    public async Task The_pages_of_all_shipped_scenarios_open_on_a_phone_without_an_error_or_a_request()
    {
        var pages = new List<string>();
        foreach (string name in ((IEnumerable<object[]>)new ShippedScenarios()).Select(row => (string)row[0]))
        {
            pages.Add(_folder.PathOf($"{name}.html"));
            await RunToolAsync("report", ShippedScenarios.FileOf(name), "-o", pages[^1]);
        }

        JsonElement found = await Browser.LookAsync("open.mjs", [.. pages]);

        Assert.Equal(pages, found.EnumerateArray().Select(page => page.GetProperty("file").GetString()!));
        Assert.Equal([], found.EnumerateArray().SelectMany(page => page.Texts("faults").Select(fault => $"{page.GetProperty("file")}: {fault}")));
    }

    [Fact]
    public Task The_page_of_forty_hostile_certificates_is_right_in_a_browser()
    {
        _folder.Write("company.yaml", CompanyScenario.Create());
        return CheckAsync(_folder.PathOf("company.yaml"));
    }

    [Fact]
    public async Task The_page_of_a_folder_and_of_several_stacks_is_right_in_a_browser()
    {
        Needs.Program("openssl");
        string file = ShippedScenarios.FileOf("name-constraints");
        await RunToolAsync("apply", file, "-d", "certs");
        File.Delete(_folder.PathOf("certs/impostor_server.crt"));

        await CheckAsync(file, "-d", "certs", "--stack", "openssl", "--stack", "dotnet");
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> TryToolAsync(params string[] arguments) => _folder.RunInProcessAsync(
        new InProcessSetup { Variables = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! } }, arguments);

    private async Task<ToolRun> RunToolAsync(params string[] arguments)
    {
        ToolRun run = await TryToolAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    private async Task CheckAsync(string file, params string[] options)
    {
        await RunToolAsync(["report", file, "-o", "page.html", .. options]);
        JsonElement found = await Browser.LookAsync("page.mjs", _folder.PathOf("page.html"));

        Assert.Equal([], found.Texts("errors"));
        Assert.Equal([], found.Texts("requests"));
        Assert.Equal(1, found.GetProperty("scripts").GetInt32());
        Assert.True(found.GetProperty("isTargetOpen").GetBoolean());
        await CheckMatrixAsync(found.GetProperty("rows"), file, options);
        await CheckKeyboardAsync(found.GetProperty("keyboard"), file);
        CheckViews(found.GetProperty("views"));
    }

    /// <summary>The page has been made by one run and the JSON by another: of the words of a stack only that there are some is the same.</summary>
    private async Task CheckMatrixAsync(JsonElement rows, string file, string[] options)
    {
        string json = (await TryToolAsync(["test", file, "--json", .. options])).Output;
        using JsonDocument test = JsonDocument.Parse(json);
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonElement result in test.RootElement.GetProperty("results").EnumerateArray())
        {
            string stack = result.GetProperty("inPlaceOf").GetString() ?? result.GetProperty("stack").GetString()!;
            expected.Add(
                $"{Ends(result)} TLS {result.GetProperty("tls")} expected {Outcome(result.GetProperty("expected"), "")}, {stack}: "
                + $"{Status(result)}, {Actual(result)}, said {result.GetProperty("said").ValueKind != JsonValueKind.Null}"
                + string.Concat(result.Texts("differences").Select(difference => $", stacks differ: {difference}")));
        }

        var shown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonElement row in rows.EnumerateArray())
        {
            foreach (JsonElement cell in row.GetProperty("stacks").EnumerateArray())
            {
                Assert.True(cell.GetProperty("isFolded").GetBoolean());
                foreach (string version in row.GetProperty("tls").GetString()!.Split(", "))
                {
                    foreach (string ends in (row.GetProperty("replicas").GetString() ?? row.GetProperty("connection").GetString()!.Split(", ")[0]).Split(", "))
                    {
                        shown.Add(
                            $"{ends} TLS {version} expected {row.GetProperty("expected").GetString()}, {cell.GetProperty("stack")}: "
                            + $"{cell.GetProperty("status")}, {cell.GetProperty("outcome").GetString() ?? "unknown"}, said {cell.GetProperty("said").ValueKind != JsonValueKind.Null}"
                            + string.Concat(row.Texts("differences").Select(difference => $", {difference}")));
                    }
                }
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(("", ""), (string.Join('\n', expected.Except(shown)), string.Join('\n', shown.Except(expected))));
    }

    private static string Ends(JsonElement result) => $"{result.GetProperty("from")} -> {result.GetProperty("to")}";

    private static string Status(JsonElement result) => result.GetProperty("status").GetString() switch
    {
        "passed" => "✓ passed",
        "failed" => "✗ failed",
        _ => "– not tried",
    };

    private static string Actual(JsonElement result) => result.GetProperty("actual") is { ValueKind: JsonValueKind.Object } actual
        ? Outcome(actual, ": no normalised reason")
        : "unknown";

    private static string Outcome(JsonElement outcome, string withoutReason)
    {
        string text = outcome.GetProperty("outcome").GetString()!;
        string by = outcome.GetProperty("by").GetString() is { } side ? $" by {side}" : "";
        string because = outcome.GetProperty("because").GetString() is { } reason ? $": {reason}" : text == "rejected" ? withoutReason : "";
        return text + by + because;
    }

    private async Task CheckKeyboardAsync(JsonElement keyboard, string file)
    {
        Assert.Equal("Skip to the content", keyboard.GetProperty("first").GetString());
        Assert.True(keyboard.GetProperty("opened").GetBoolean());
        Assert.Equal("solid", keyboard.GetProperty("outline").GetString());
        Assert.Equal("Copied to the clipboard", keyboard.GetProperty("said").GetString());
        Assert.Equal((await RunToolAsync("script", file)).Output, keyboard.GetProperty("copied").GetString());
    }

    /// <summary>In both widths and schemes: nothing is wider than the window, and axe finds nothing against WCAG 2.2, level AA.</summary>
    private static void CheckViews(JsonElement views)
    {
        Assert.Equal(4, views.GetArrayLength());
        Assert.Equal(2, views.EnumerateArray().Select(view => view.GetProperty("background").GetString()).Distinct().Count());
        foreach (JsonElement view in views.EnumerateArray())
        {
            Assert.Equal([], view.Texts("wide"));
            Assert.Equal([], view.Texts("violations"));
            Assert.Contains("color-contrast", view.Texts("passes"));
        }
    }
}
