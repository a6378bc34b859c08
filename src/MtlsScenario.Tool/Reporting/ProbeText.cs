using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Model;
using MtlsScenario.Tool.Probing;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What came of a probe, for people: the worst first, a line a fault, and what to do.</summary>
internal static class ProbeText
{
    /// <summary>The text, ending in a newline.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="isStrict">Whether matters of policy count.</param>
    /// <param name="columns">How many columns a line may have.</param>
    public static string Of(ProbeReport report, bool isStrict, int columns)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{report.Title}\n");
        foreach (ProbedVersion version in report.Versions)
        {
            text.Append(CultureInfo.InvariantCulture, $"  TLS {version.Name}  the good certificate: {Visible(version.Said)}{(!version.IsGood && version.IsSpoken ? " (not taken)" : "")}\n");
        }

        text.Append('\n');
        foreach (IGrouping<object, ProbeResult> same in report.WorstFirst.Where(result => result.Verdict != ProbeVerdict.DoesNotApply)
            .GroupBy(result => (object)(result.Verdict, result.Fault.Id, result.Why)))
        {
            ProbeResult first = same.First();
            string tls = string.Join(' ', same.Select(result => result.Tls));
            string line = $"{Of(first.Verdict),-14} {first.Grade} {first.Fault.Id,-23} {tls,-7}  ";
            text.Append(line).Append(Cut(Visible(first.Why), columns - line.Length)).Append('\n');
        }

        foreach (IGrouping<string, ProbeResult> same in report.Results.Where(result => result.Verdict == ProbeVerdict.DoesNotApply).GroupBy(result => result.Why))
        {
            string ids = same.Count() > 12 ? string.Create(CultureInfo.InvariantCulture, $"{same.Count()} faults on TLS {string.Join(' ', same.Select(result => result.Tls).Distinct())}") : string.Join(' ', same.Select(result => result.Fault.Id).Distinct());
            text.Append(Wrapped($"do not apply: {ids}: {Visible(same.Key)}", columns, 0));
        }

        ImmutableArray<ProbeAdvice> advice = ProbeAdvice.Of(report, isStrict);
        foreach (ProbeAdvice one in advice)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Wrapped(string.Join(", ", one.Ids) + ": " + one.Finding, columns, 0)}");
            one.Settings.ToList().ForEach(setting => text.Append(Wrapped(setting, columns, 2)));
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n{Sum(report)}\n").ToString();
    }

    /// <summary><c>let in</c>, <c>rejected</c>, …</summary>
    public static string Of(ProbeVerdict verdict) => verdict switch
    {
        ProbeVerdict.LetIn => "let in",
        ProbeVerdict.Rejected => "rejected",
        ProbeVerdict.Undecided => "undecided",
        ProbeVerdict.NotTried => "not tried",
        _ => "does not apply",
    };

    /// <summary>How many came to what.</summary>
    public static string Sum(ProbeReport report) => string.Join(", ",
        new[] { ProbeVerdict.LetIn, ProbeVerdict.Rejected, ProbeVerdict.Undecided, ProbeVerdict.NotTried, ProbeVerdict.DoesNotApply }
            .Select(verdict => string.Create(CultureInfo.InvariantCulture, $"{report.Count(verdict)} {Of(verdict).Replace("does", "do", StringComparison.Ordinal)}")));

    /// <summary>The catalogue: each fault in two lines, and its references.</summary>
    public static string Catalogue(IEnumerable<Fault> faults, Side side)
    {
        var text = new StringBuilder();
        foreach (Fault fault in faults)
        {
            string needs = fault.NeedsAuthorityKey ? ", needs the CA's key" : fault.NeedsHttp ? ", HTTP" : "";
            text.Append(CultureInfo.InvariantCulture, $"{FaultCatalog.GradeOf(fault, side)} {fault.Id}{needs}\n  {fault.What}\n  {fault.Why}\n");
            text.Append(fault.References.Length == 0 ? "" : $"  x509-limbo {fault.References}\n");
        }

        return text.ToString();
    }

    /// <summary>A table in Markdown.</summary>
    public static string Markdown(ProbeReport report)
    {
        var text = new StringBuilder("| verdict | grade | fault | TLS | seen |\n|---|---|---|---|---|\n");
        foreach (ProbeResult result in report.WorstFirst)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Of(result.Verdict)} | {result.Grade} | {result.Fault.Id} | {result.Tls} | {Visible(result.Why).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\n{Sum(report)}\n").ToString();
    }

    private static string Visible(string text) => VisibleText.Of(text);

    private static string Cut(string text, int columns) => text.Length <= columns ? text : columns < 2 ? "" : text[..(columns - 1)] + "…";

    private static string Wrapped(string text, int columns, int indent)
    {
        var lines = new StringBuilder(new string(' ', indent));
        int column = indent;
        foreach (string word in text.Split(' '))
        {
            if (column > indent && column + 1 + word.Length > columns)
            {
                lines.Append('\n').Append(' ', column = indent + 2);
            }
            else if (column > indent)
            {
                lines.Append(' ');
                column++;
            }

            lines.Append(word);
            column += word.Length;
        }

        return lines.Append('\n').ToString();
    }
}
