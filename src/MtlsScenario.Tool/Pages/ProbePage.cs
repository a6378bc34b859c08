using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Pages;

/// <summary>What came of a probe as one HTML page: what was found and by what it is known, what to do, and what was not tried.</summary>
internal sealed class ProbePage
{
    private readonly HtmlWriter _html = new();
    private readonly ProbeReport _report;
    private readonly bool _isStrict;

    private ProbePage(ProbeReport report, bool isStrict) => (_report, _isStrict) = (report, isStrict);

    /// <summary>The page, ending in a newline.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="isStrict">Whether matters of policy count.</param>
    /// <param name="now">When that was, UTC.</param>
    public static string Write(ProbeReport report, bool isStrict, DateTimeOffset now)
    {
        var page = new ProbePage(report, isStrict);
        return HtmlPage.Write(
            $"{VisibleText.Of(report.Title)}: whom the server lets in",
            page._html,
            () => page.WriteHeader(now),
            ("findings", "Findings", page.WriteFindings),
            ("let-in", "Let in", () => page.WriteTable("What was let in, and how the server answered", ProbeVerdict.LetIn)),
            ("open", "Undecided and not tried", () => page.WriteTable("Of what nobody knows, and why", ProbeVerdict.Undecided, ProbeVerdict.NotTried)),
            ("rejected", "Rejected", () => page.WriteTable("What was rejected, and how the server said so", ProbeVerdict.Rejected)),
            ("other", "Does not apply", () => page.WriteTable("What there is not here, and why", ProbeVerdict.DoesNotApply)));
    }

    private void WriteHeader(DateTimeOffset now)
    {
        _html.Element("h1", VisibleText.Of(_report.Title));
        _html.Element("p", () =>
        {
            _html.Text("As of ");
            _html.Element("time", TimeText.Of(now), ("datetime", TimeText.Of(now)));
            _html.Text($", by mtls-scenario {ToolVersion.Text}.");
        }, ("class", "quiet"));
        foreach (ProbedVersion version in _report.Versions)
        {
            _html.Element("p", () =>
            {
                _html.Text($"TLS {version.Name}, the good certificate: ");
                _html.Element("span", $"{(version.IsGood ? "✓" : "✗")} {VisibleText.Of(version.Said)}", ("class", version.IsGood ? "status passed" : version.IsSpoken ? "status failed" : "status untried"));
            });
        }

        _html.Element("p", ProbeText.Sum(_report));
    }

    private void WriteFindings()
    {
        ImmutableArray<ProbeAdvice> advice = ProbeAdvice.Of(_report, _isStrict);
        if (advice.IsEmpty)
        {
            _html.Element("p", $"Nothing was let in that must be refused{(_isStrict ? ", nor what is a matter of policy" : "")}.");
        }

        foreach (ProbeAdvice one in advice)
        {
            _html.Element("h3", char.ToUpperInvariant(one.Finding[0]) + one.Finding[1..]);
            _html.Element("p", () =>
            {
                _html.Text("Let in: ");
                foreach (string id in one.Ids)
                {
                    _html.Element("a", id, ("href", $"#let-in-{id}"));
                    _html.Text(" ");
                }
            });
            _html.Element("ul", () => one.Settings.ToList().ForEach(setting => _html.Element("li", setting)));
        }
    }

    private void WriteTable(string caption, params ProbeVerdict[] verdicts)
    {
        IGrouping<(ProbeVerdict Verdict, string Id, string Why), ProbeResult>[] rows =
            [.. _report.WorstFirst.Where(result => verdicts.Contains(result.Verdict)).GroupBy(result => (result.Verdict, result.Fault.Id, result.Why))];
        if (rows.Length == 0)
        {
            _html.Element("p", "Nothing.");
            return;
        }

        var named = new HashSet<string>(StringComparer.Ordinal);
        var table = new TableWriter(_html, ["Fault", "Grade", "TLS", "Verdict", "Seen", "What it is"]);
        table.Write(caption, () =>
        {
            foreach (IGrouping<(ProbeVerdict Verdict, string Id, string Why), ProbeResult> same in rows)
            {
                ProbeResult result = same.First();
                string id = result.Verdict == ProbeVerdict.LetIn && named.Add(same.Key.Id) ? $"let-in-{same.Key.Id}" : "";
                table.WriteRow(
                    () => _html.Element("span", same.Key.Id, id.Length == 0 ? [] : [("id", id)]),
                    () => _html.Text(result.Grade.ToString()),
                    () => _html.Text(string.Join(' ', same.Select(one => one.Tls))),
                    () => _html.Element("span", ProbeText.Of(result.Verdict), ("class", $"status {StyleOf(result)}")),
                    () => _html.Text(VisibleText.Of(result.Why)),
                    () => _html.Text(string.Create(CultureInfo.InvariantCulture, $"{result.Fault.What} {(result.Verdict == ProbeVerdict.LetIn ? result.Fault.Why : "")}")));
            }
        });
    }

    private string StyleOf(ProbeResult result) => result.Verdict switch
    {
        ProbeVerdict.LetIn when result.Grade == FaultGrade.A || (_isStrict && result.Grade == FaultGrade.B) => "failed",
        ProbeVerdict.Rejected => "passed",
        _ => "untried",
    };
}
