namespace MtlsScenario.Benchmarks;

/// <summary>What is drawn, reported and checked of large layouts, against smaller ones and against what it cannot do without.</summary>
/// <param name="tool">The native binary.</param>
/// <param name="place">Where the files are.</param>
/// <param name="notes">Takes what is no ratio.</param>
internal sealed class LargeRows(string tool, WorkPlace place, List<string> notes)
{
    private const int Runs = 3;

    /// <summary>A picture of many clients of one server.</summary>
    public IEnumerable<Comparison> Pictures()
    {
        string folder = place.Empty();
        string small = place.Scenario("small.yaml", Scenarios.Callers(1_000));
        string large = place.Scenario("large.yaml", Scenarios.Callers(4_000));
        Comparison row = new Comparison("`graph -f svg --all`, 4,000 clients of one server", "1,000", 5).Run(
            Runs, () => Draw(large, "--all"), () => Draw(small, "--all"));
        notes.Add($"`graph -f svg --all` of 4,000 clients: {row.Ours.Median:F2} s (at most 2).");
        yield return row;
        yield return new Comparison("`graph -f svg`, 4,000 clients of one server", "1,000", 5).Run(Runs, () => Draw(large), () => Draw(small));

        TimeSpan Draw(string scenario, params string[] more) => ChildProcess.Time(folder, tool, ["graph", scenario, "-f", "svg", .. more]);
    }

    /// <summary>A page of many parties.</summary>
    public IEnumerable<Comparison> Reports()
    {
        string folder = place.Empty();
        string scenario = place.Scenario("reported.yaml", Scenarios.Callers(1_999));
        string page = Path.Combine(folder, "page.html");
        yield return new Comparison("`report`, 2,000 parties", "`test` of the same", 1.2).Run(
            Runs,
            () => ChildProcess.Time(folder, tool, "report", scenario, "-q", "-o", page),
            () => ChildProcess.Time(folder, tool, "test", scenario, "-q"));
        notes.Add($"The page of 2,000 parties: {new FileInfo(page).Length / 1e6:F1} MB (at most 4).");
    }

    /// <summary>Scenarios of many parties, right, and with a fault for each party.</summary>
    public IEnumerable<Comparison> Checks()
    {
        string folder = place.Empty();
        foreach ((string name, string more, int code) in new[] { ("", "", 0), (", 8,000 faults", "nonsense: true, ", 2) })
        {
            string small = place.Scenario("few.yaml", Scenarios.Callers(1_000, more));
            string large = place.Scenario("many.yaml", Scenarios.Callers(8_000, more));
            yield return new Comparison($"`validate`, 8,000 parties and connections{name}", "1,000", 9).Run(
                5, () => ChildProcess.TimeTo(code, folder, tool, "validate", large), () => ChildProcess.TimeTo(code, folder, tool, "validate", small));
        }
    }
}
