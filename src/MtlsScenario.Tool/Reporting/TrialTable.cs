using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Trials;
using Spectre.Console;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What came of trying a scenario's connections, as tables for people, as wide as the terminal.</summary>
internal sealed class TrialTable
{
    private const int Indent = 2;

    /// <summary>With fewer columns there is no room for what was said beside the rest, and it goes below.</summary>
    private const int NarrowestTable = 60;

    private const int VersionsWidth = 12;
    private const int StatusWidth = 9;
    private const int MostNamed = 3;

    private readonly TrialReport _report;
    private readonly TrialTableExtent _extent;
    private readonly IAnsiConsole _console;
    private readonly int _stackWidth;

    private TrialTable(TrialReport report, TrialTableExtent extent, IAnsiConsole console)
    {
        (_report, _extent, _console) = (report, extent, console);
        _stackWidth = report.Results.Select(result => result.Stack.Length).DefaultIfEmpty().Max();
    }

    /// <summary>The tables, connection by connection, and the sum.</summary>
    public static string Of(TrialReport report, TrialTableExtent extent, bool coloured, int columns)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new TextOutput(text, columns),
            Ansi = coloured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        new TrialTable(report, extent, console).Write();
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }

    private void Write()
    {
        string what = _report.Folder is { } folder ? $"what is in {VisibleText.Of(folder)}" : "what would be issued";
        Line($"{_report.Scenario.Name}, {what}:");
        if (!_report.Selection.NotInstalled.IsEmpty)
        {
            Line($"not installed: {string.Join(", ", _report.Selection.NotInstalled)}");
        }

        int leftOut = 0;
        foreach (ImmutableArray<TrialResult> connection in _report.ByConnection)
        {
            ImmutableArray<TrialResult> shown = _extent == TrialTableExtent.All
                ? connection
                : [.. connection.Where(result => result.Status != TrialStatus.Passed)];
            leftOut += shown.IsEmpty ? 1 : 0;
            if (!shown.IsEmpty)
            {
                Write(shown);
            }
        }

        _console.WriteLine();
        WriteSum(leftOut);
    }

    private void WriteSum(int leftOut)
    {
        if (_extent == TrialTableExtent.NotPassedWithHint)
        {
            if (leftOut > 0)
            {
                Line(string.Create(CultureInfo.InvariantCulture, $"left out, for all of it passed: {leftOut:N0} connection{(leftOut == 1 ? "" : "s")} (-v prints all)"));
            }

            foreach (IGrouping<string, TrialResult> stack in _report.Results.GroupBy(result => result.Stack, StringComparer.Ordinal))
            {
                Line($"{stack.Key.PadRight(_stackWidth)}  {TrialText.Sum([.. stack])}");
            }
        }

        if (_report.Trials.IsSample)
        {
            Line($"a sample: {TrialText.Sample(_report.Trials)}; --all-trials tries all");
        }

        Line(TrialText.Sum(_report.Results));
    }

    private void Write(ImmutableArray<TrialResult> results)
    {
        Trial first = results[0].Trial;
        _console.WriteLine();
        Line($"{TrialText.Of(first.Connection, first.Server.Certificate)}: {TrialResult.Expectation(first.Connection)}", Decoration.Bold);
        Grid table = Columns();
        foreach (IGrouping<(string, TrialStatus, string, string), TrialResult> alike in results.GroupBy(AsSaid))
        {
            TrialResult result = alike.First();
            IEnumerable<string> versions = alike.Select(other => TrialText.Of(other.Trial.Offered)).Distinct(StringComparer.Ordinal);
            var said = new Rows(Cell(result, [.. alike.Select(other => other.Trial.Name).Distinct(StringComparer.Ordinal)]));
            bool isNarrow = _console.Profile.Width < NarrowestTable;
            table.AddRow(
                new Text($"TLS {string.Join(", ", versions)}"), new Text(result.Stack), Status(result.Status), isNarrow ? new Text("") : said);
            if (isNarrow)
            {
                _console.Write(table);
                _console.Write(new Padder(said).Padding(2 * Indent, 0, 0, 0));
                table = Columns();
            }
        }

        _console.Write(table);
        foreach (string difference in results.SelectMany(result => result.Differences).Distinct(StringComparer.Ordinal))
        {
            _console.Write(new Padder(new Text($"stacks differ: {VisibleText.Of(difference)}")).Padding(Indent, 0, 0, 0));
        }
    }

    private Grid Columns()
    {
        Grid table = new() { Expand = false };
        foreach (int width in (ReadOnlySpan<int>)[VersionsWidth, _stackWidth, StatusWidth])
        {
            table.AddColumn(new GridColumn().Width(width).Padding(Indent, 0, 0, 0).NoWrap());
        }

        return table.AddColumn(new GridColumn().Padding(Indent, 0, 0, 0));
    }

    /// <summary>What is the same in a row. Of replicas, what the stack said differs in their names alone.</summary>
    private static (string Stack, TrialStatus Status, string Verdict, string Said) AsSaid(TrialResult result) =>
        (result.Stack, result.Status, result.Verdict.ToString()!, IsReplica(result.Trial) ? "" : TrialText.Said(result.Verdict));

    private static bool IsReplica(Trial trial) => trial.Client.Number is not null || trial.Server.Number is not null;

    private static IEnumerable<Text> Cell(TrialResult result, ImmutableArray<string> names)
    {
        if (result.Verdict is not Verdict.NotTried)
        {
            yield return new Text(result.Verdict.ToString()!);
        }

        if (result.Status == TrialStatus.Failed)
        {
            yield return new Text($"expected: {TrialResult.Expectation(result.Trial.Connection)}");
        }

        if (TrialText.Said(result.Verdict) is { Length: > 0 } said)
        {
            yield return new Text(VisibleText.Of(said));
        }

        if (result.Substitution is { } substitution)
        {
            yield return new Text($"in place of {substitution.Stack}: {VisibleText.Of(substitution.Why)}");
        }

        if (IsReplica(result.Trial))
        {
            string first = string.Join(", ", names.Take(MostNamed));
            yield return new Text(names.Length > MostNamed
                ? string.Create(CultureInfo.InvariantCulture, $"{first} and {names.Length - MostNamed} more")
                : first);
        }
    }

    private static Text Status(TrialStatus status) => status switch
    {
        TrialStatus.Passed => new Text(TrialText.Of(status), new Spectre.Console.Style(Color.Green)),
        TrialStatus.Failed => new Text(TrialText.Of(status).ToUpperInvariant(), new Spectre.Console.Style(Color.Red, decoration: Decoration.Bold)),
        _ => new Text(TrialText.Of(status), new Spectre.Console.Style(Color.Yellow)),
    };

    private void Line(string text, Decoration decoration = Decoration.None)
    {
        _console.Write(new Text(text, new Spectre.Console.Style(decoration: decoration)));
        _console.WriteLine();
    }
}
