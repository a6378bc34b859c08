using System.Globalization;
using System.Text;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>How the shipped scenarios went, scenario by stack, as a text.</summary>
internal static class StackTable
{
    private const int ScenarioWidth = 26;
    private const int CellWidth = 10;

    /// <summary>The table. A cell says how many handshakes passed; of those that a stack cannot play, how many there are.</summary>
    public static string Of(string title, IReadOnlyDictionary<(string Scenario, PeerKind Stack), TrialReport> reports)
    {
        var text = new StringBuilder();
        text.Append(title).Append('\n').Append("scenario".PadRight(ScenarioWidth));
        foreach ((string word, _) in PeerKindNames.All)
        {
            text.Append(word.PadRight(CellWidth));
        }

        foreach (string scenario in reports.Keys.Select(key => key.Scenario).Distinct().Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(scenario.PadRight(ScenarioWidth));
            foreach ((_, PeerKind stack) in PeerKindNames.All)
            {
                text.Append(Cell(reports[(scenario, stack)]).PadRight(CellWidth));
            }
        }

        return text.Append("\n(handshakes that ended as the scenario says; + those that the stack cannot play)\n").ToString();
    }

    private static string Cell(TrialReport report)
    {
        int passed = report.Count(TrialStatus.Passed);
        int failed = report.Count(TrialStatus.Failed);
        int notTried = report.Count(TrialStatus.NotTried);
        return failed > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{failed} FAILED")
            : notTried > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{passed} + {notTried}")
                : passed.ToString(CultureInfo.InvariantCulture);
    }
}
