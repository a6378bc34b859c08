using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Graphs;
using MtlsScenario.Graphs.Drawing;
using MtlsScenario.Graphs.Formats;
using MtlsScenario.Model;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Pages;

/// <summary>A scenario as one HTML page.</summary>
internal sealed class ReportPage
{
    /// <summary>In characters; a longer one is not read in a page, of which it would be the larger part.</summary>
    private const int LongestScript = 250_000;

    private readonly HtmlWriter _html = new();
    private readonly ReportContent _content;
    private readonly ImmutableArray<TimelineEntry> _timeline;

    private ReportPage(ReportContent content) => (_content, _timeline) = (content, TimelineEntry.Of(content));

    /// <summary>The page, ending in a newline.</summary>
    public static string Write(ReportContent content) => new ReportPage(content).WriteDocument();

    /// <summary>The id of what a certificate says.</summary>
    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"certificate-{index + 1}");

    /// <summary>The link to it.</summary>
    public static string AnchorOf(int index) => $"#{IdOf(index)}";

    /// <summary>Something to be typed, with a button that copies it.</summary>
    public static void WriteCode(HtmlWriter html, string code, string name) => html.Element(
        "div",
        () =>
        {
            html.Element("pre", () => html.Element("code", code), ("tabindex", "0"), ("role", "region"), ("aria-label", name));
            html.Element("button", "Copy", ("type", "button"), ("class", "copy"), ("aria-label", $"Copy: {name}"), ("hidden", null));
        },
        ("class", "code"));

    /// <summary>A box that scrolls by itself, also by keyboard.</summary>
    public static void WriteBox(HtmlWriter html, string name, Action content) =>
        html.Element("div", content, ("class", "scroll"), ("role", "region"), ("aria-label", name), ("tabindex", "0"));

    private string Name => VisibleText.Of(_content.Scenario.Name);

    private string WriteDocument() => HtmlPage.Write(
        $"{Name}: mutual TLS layout",
        _html,
        WriteHeader,
        [
            ("diagram", "Diagram", WriteDiagram),
            ("dates", "Dates", () => TimelineSection.Write(_html, _content, _timeline)),
            ("trust", "Trust", () => TrustSection.Write(_html, _content)),
            .. _content.Trials is { } trials
                ? new (string, string, Action)[] { ("connections", "Connections", () => TrialsSection.Write(_html, trials)) }
                : [],
            ("certificates", "Certificates", () => CertificatesSection.Write(_html, _content, _timeline)),
            ("commands", "Commands", () => CommandsSection.Write(_html, _content)),
            ("script", "Script", WriteScript),
        ]);

    private void WriteHeader()
    {
        _html.Element("h1", Name);
        if (_content.Scenario.Description is { } description)
        {
            _html.Element("p", VisibleText.Of(string.Join(' ', description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        }

        string what = _content.Folder is { } folder ? $"what is in {VisibleText.Of(folder)}" : "what would be issued";
        _html.Element("p", () =>
        {
            _html.Text($"Of {what}, as of ");
            _html.Element("time", TimeText.Of(_content.Now), ("datetime", TimeText.Of(_content.Now)));
            _html.Text($", by mtls-scenario {ToolVersion.Text}.");
        }, ("class", "quiet"));
        _html.Element("p", WriteSummary);
    }

    /// <summary>What one wants to know first: whether connections ended as expected, and whether something is due.</summary>
    private void WriteSummary()
    {
        if (_content.Trials is { } trials)
        {
            _html.Text("Connections: ");
            TrialsSection.WriteSum(_html, trials);
        }

        foreach (IGrouping<AgeJudgement, AgeJudgement> bad in _timeline
            .Select(entry => AgeJudgement.Of(entry, _content.Now))
            .Where(judgement => judgement.Severity != AgeSeverity.None)
            .GroupBy(judgement => judgement with { Since = null }))
        {
            _html.Element("span", string.Create(CultureInfo.InvariantCulture, $"{bad.Key.Text}: {bad.Count()}"), ("class", bad.Key.Style));
            _html.Text(" ");
        }

        WriteFirst("First to expire: ", entry => true);
        WriteFirst(" First CRL to expire: ", entry => entry.IsCrl);
    }

    private void WriteFirst(string text, Func<TimelineEntry, bool> counts)
    {
        if (_timeline.FirstOrDefault(entry => counts(entry) && entry.Dates?.NotAfter >= _content.Now) is { Dates: var (_, end) } first)
        {
            _html.Text(text);
            _html.Element("a", VisibleText.Of(first.Stem), ("href", AnchorOf(first.Index)));
            _html.Text($", {TimeText.Of(end)}.");
        }
    }

    private void WriteDiagram()
    {
        ScenarioGraph numbered = GraphGrouping.Of(GraphBuilder.For(_content.Scenario, withSteps: true));
        ScenarioGraph graph = numbered with { Steps = [] };
        WriteBox(_html, "Diagram", () => _html.Markup(SvgWriter.WriteElement(DiagramBuilder.Build(graph))));
        _html.Element("details", () =>
        {
            _html.Element("summary", "The steps: who acts, and what is handed over");
            _html.Element("ol", () =>
            {
                foreach (GraphStep step in numbered.Steps)
                {
                    _html.Element("li", step.Text);
                }
            });
        });
    }

    private void WriteScript()
    {
        _html.Element("p", "The openssl script that makes the same certificates. It needs a POSIX shell and OpenSSL 1.1.1 or later; its argument is the folder.");
        string script = ScriptWriter.Write(_content.Plan, new ScriptOptions());
        if (script.Length > LongestScript)
        {
            _html.Element("p", string.Create(CultureInfo.InvariantCulture, $"It has {script.AsSpan().Count('\n')} lines, and is printed by:"));
            script = $"mtls-scenario script {ShellQuoting.Quote(_content.File)}\n";
        }

        WriteCode(_html, script, "the script");
    }
}
