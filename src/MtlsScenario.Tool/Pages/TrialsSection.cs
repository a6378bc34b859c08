using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Pages;

/// <summary>How the handshakes ended: a row for each connection and what differs between its trials, a column for each stack.</summary>
internal static class TrialsSection
{
    /// <summary>More than the nine of two fleets that are called by their bare names: first, middle and last.</summary>
    private const int MostNamed = 12;

    /// <summary>Writes the sum and the matrix.</summary>
    public static void Write(HtmlWriter html, TrialReport report)
    {
        html.Element("p", () =>
        {
            WriteSum(html, report);
            if (report.Trials.IsSample)
            {
                html.Text($" A sample: {TrialText.Sample(report.Trials)}.");
            }

            if (!report.Selection.NotInstalled.IsEmpty)
            {
                html.Text($" Not installed: {string.Join(", ", report.Selection.NotInstalled)}.");
            }

            if (report.Selection.Versions.Count > 0)
            {
                html.Text($" With {string.Join(", ", report.Selection.Versions.Select(version => $"{version.Key} {version.Value}"))}.");
            }
        });
        if (report.Results.IsEmpty)
        {
            html.Element("p", "The scenario has no connections.");
            return;
        }

        var table = new TableWriter(html, ["Connection", "TLS", "Expected", .. report.Selection.Names]);
        table.Write("How each connection ended", () =>
        {
            foreach (ImmutableArray<TrialResult> connection in report.ByConnection)
            {
                foreach (IGrouping<string, TrialResult[]> alike in connection.Chunk(report.Selection.Names.Length).GroupBy(AsSaid, StringComparer.Ordinal))
                {
                    TrialResult[] row = alike.First();
                    table.WriteRow(
                        () => WriteHead(html, [.. alike]),
                        [
                            () => html.Text(string.Join(", ", alike.Select(other => TrialText.Of(other[0].Trial.Offered)).Distinct(StringComparer.Ordinal))),
                            () => html.Text(TrialResult.Expectation(row[0].Trial.Connection)),
                            .. row.Select(result => (Action)(() => WriteCell(html, result))),
                        ]);
                }
            }
        });
    }

    /// <summary>Writes how many passed, failed and were not tried.</summary>
    public static void WriteSum(HtmlWriter html, TrialReport report)
    {
        foreach (TrialStatus status in Enum.GetValues<TrialStatus>())
        {
            int count = report.Count(status);
            if (count > 0 || status == TrialStatus.Passed)
            {
                html.Element("span", string.Create(CultureInfo.InvariantCulture, $"{SignOf(status)} {count} {TrialText.Of(status)}"), ("class", $"status {StyleOf(status)}"));
                html.Text(" ");
            }
        }
    }

    /// <summary>Versions of TLS, and replicas but for their names, share a row where all else is the same.</summary>
    private static string AsSaid(TrialResult[] row) => string.Join(
        '\n',
        row.Select(result => $"{result.Stack} {result.Status} {result.Verdict} {(IsReplica(result.Trial) ? "" : TrialText.Said(result.Verdict))}"));

    private static bool IsReplica(Trial trial) => trial.Client.Number is not null || trial.Server.Number is not null;

    private static void WriteHead(HtmlWriter html, ImmutableArray<TrialResult[]> rows)
    {
        Trial trial = rows[0][0].Trial;
        html.Text(VisibleText.Of(TrialText.Of(trial.Connection, trial.Server.Certificate)));
        if (IsReplica(trial))
        {
            string[] names = [.. rows.Select(row => row[0].Trial.Name).Distinct(StringComparer.Ordinal)];
            string more = names.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MostNamed} more") : "";
            html.Element("div", string.Join(", ", names.Take(MostNamed)) + more, ("class", "quiet replicas"));
        }

        foreach (string difference in rows.SelectMany(row => row).SelectMany(result => result.Differences).Distinct(StringComparer.Ordinal))
        {
            html.Element("div", $"stacks differ: {VisibleText.Of(difference)}", ("class", "quiet difference"));
        }
    }

    private static void WriteCell(HtmlWriter html, TrialResult result)
    {
        html.Element("span", $"{SignOf(result.Status)} {TrialText.Of(result.Status)}", ("class", $"status {StyleOf(result.Status)}"));
        if (result.Verdict is not Verdict.NotTried)
        {
            html.Element("div", result.Verdict.ToString()!);
        }

        if (result.Substitution is { } substitution)
        {
            html.Element("div", $"by {result.Stack}, in place of {substitution.Stack}: {VisibleText.Of(substitution.Why)}", ("class", "quiet"));
        }

        if (TrialText.Said(result.Verdict) is { Length: > 0 } said)
        {
            html.Element("details", () =>
            {
                html.Element("summary", result.Status == TrialStatus.NotTried ? "why" : "what was said");
                html.Element("p", VisibleText.Of(said), ("class", "said"));
            });
        }
    }

    private static char SignOf(TrialStatus status) => status switch
    {
        TrialStatus.Passed => '✓',
        TrialStatus.Failed => '✗',
        _ => '–',
    };

    private static string StyleOf(TrialStatus status) => status switch
    {
        TrialStatus.Passed => "passed",
        TrialStatus.Failed => "failed",
        _ => "untried",
    };
}
