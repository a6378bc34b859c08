using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Graphs.Drawing;
using MtlsScenario.Graphs.Formats;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Pages;

/// <summary>What came of a rollout as one HTML page: the waves drawn, what changes of each party, and why that order.</summary>
internal sealed class RolloutPage
{
    /// <summary>Of a wave more are counted in the drawing; the table has all.</summary>
    private const int MostDrawn = 12;

    private readonly HtmlWriter _html = new();
    private readonly RolloutReport _report;
    private readonly RolloutText _text;

    private RolloutPage(RolloutReport report) => (_report, _text) = (report, new RolloutText(report));

    private RolloutResult Result => _report.Result;

    private string Title => VisibleText.Of($"{_report.From} to {_report.To}");

    /// <summary>The page, ending in a newline.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="now">When that was, UTC.</param>
    public static string Write(RolloutReport report, DateTimeOffset now)
    {
        var page = new RolloutPage(report);
        (string, string, Action)[] sections =
        [
            ("order", "Order", page.WriteOrder),
            ("parties", "Parties", page.WriteParties),
            ("reasons", "Reasons", page.WriteReasons),
            ("rest", "What else", page.WriteRest),
        ];
        return HtmlPage.Write($"{page.Title}: a rollout", page._html, () => page.WriteHeader(now), sections);
    }

    private void WriteHeader(DateTimeOffset now)
    {
        _html.Element("h1", Title);
        _html.Element("p", () =>
        {
            _html.Text("As of ");
            _html.Element("time", TimeText.Of(now), ("datetime", TimeText.Of(now)));
            _html.Text($", by mtls-scenario {ToolVersion.Text}.");
        }, ("class", "quiet"));
        string style = Result.Verdict switch { RolloutVerdict.Ordered => "passed", RolloutVerdict.Undecided => "untried", _ => "failed" };
        _html.Element("p", () =>
        {
            _html.Element("span", _text.Sum(), ("class", $"status {style}"));
            _html.Text(_text.Mixed());
        });
    }

    private void WriteOrder()
    {
        ImmutableArray<OrderColumn> columns = Columns();
        if (!_report.Steps.IsEmpty)
        {
            _html.Element("p", string.Create(CultureInfo.InvariantCulture, $"There is no order at once, and one in {_report.Steps.Length} steps, each applied and taken up by everybody before the next:"));
        }

        if (!columns.IsEmpty)
        {
            ReportPage.WriteBox(_html, "The order", () => _html.Markup(SvgWriter.WriteElement(OrderDiagram.Build(Title, columns))));
        }

        string[] lines = _report.Steps.IsEmpty ? [.. Result.Waves.Select(RolloutText.Names)] : [.. _report.Steps.Select((_, index) => _text.StepOf(index))];
        if (lines.Length > 1)
        {
            _html.Element("ol", () => lines.ToList().ForEach(line => _html.Element("li", line)));
        }

        Lines(_text.Advice());
    }

    /// <summary>The waves, of each step where there are steps.</summary>
    private ImmutableArray<OrderColumn> Columns()
    {
        IEnumerable<(string Title, RolloutResult Result)> steps = _report.Steps.IsEmpty
            ? [("", Result)]
            : _report.Steps.Select((step, index) => (string.Create(CultureInfo.InvariantCulture, $"{index + 1} {step.Word}"), step.Result));
        var columns = ImmutableArray.CreateBuilder<OrderColumn>();
        foreach ((string title, RolloutResult result) in steps)
        {
            int start = columns.Count;
            foreach ((int index, ImmutableArray<string> wave) in result.Waves.Index())
            {
                string name = result.Waves.Length == 1 ? (title.Length == 0 ? "any order" : "") : string.Create(CultureInfo.InvariantCulture, $"wave {index + 1}");
                ImmutableArray<string> drawn = [.. wave.Take(MostDrawn)];
                IEnumerable<(int, int, int)> links =
                    from earlier in Enumerable.Range(0, index)
                    let before = result.Waves[earlier].Take(MostDrawn).ToImmutableArray()
                    from one in result.Constraints
                    select (start + earlier, before.IndexOf(one.Before), drawn.IndexOf(one.After));
                (string, string)[] more = wave.Length == drawn.Length ? [] : [(string.Create(CultureInfo.InvariantCulture, $"and {wave.Length - drawn.Length:N0} more"), "")];
                columns.Add(new OrderColumn(
                    string.Join(", ", new[] { title, name }.Where(part => part.Length > 0)),
                    [.. drawn.Select(party => (VisibleText.Of(party), Aspects(result.Change(party)))), .. more],
                    [.. links.Where(link => link is { Item2: >= 0, Item3: >= 0 })])
                {
                    FollowsAll = index == 0 && columns.Count > 0,
                });
            }
        }

        return columns.ToImmutable();
    }

    private static string Aspects(PartyChange change) =>
        string.Join(", ", change.Differences.Select(difference => RolloutText.NameOf(difference.Aspect)).Distinct(StringComparer.Ordinal));

    private void WriteParties() => Table("What changes of each party, and how that is taken up", ["Party", "From now on"],
        Result.Changes.Select(change => (string[])[VisibleText.Of(change.Party), string.Join('\n', _text.RowsOf(change).Select(row => $"{row.Name}: {row.Value}"))]));

    private void WriteReasons() => Table("Which comes before which, and what would be otherwise", ["Before", "After", "Otherwise"],
        Result.Constraints.Select(one => (string[])[VisibleText.Of(one.Before), VisibleText.Of(one.After), RolloutText.Otherwise(one)]));

    private void WriteRest() => Lines(_text.Rest().DefaultIfEmpty("Nothing."));

    private void Lines(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            _html.Element("ul", () => all.ToList().ForEach(line => _html.Element("li", line)));
        }
    }

    private void Table(string caption, ImmutableArray<string> columns, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            _html.Element("p", "Nothing.");
            return;
        }

        var table = new TableWriter(_html, columns);
        table.Write(caption, () => all.ToList().ForEach(row => table.WriteRow(() => _html.Text(row[0]), [.. row.Skip(1).Select(cell => (Action)(() => cell.Split('\n').ToList().ForEach(line => _html.Element("div", line))))])));
    }
}
