using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Reporting;

/// <summary>
/// What came of trying a scenario's connections, in the XML of JUnit that CI servers read: a test case for each handshake.
/// What was not tried is skipped, or an error where nothing else tried it.
/// </summary>
internal static class TrialJUnit
{
    /// <summary>The document, ending in a newline.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="started">When it began, UTC.</param>
    public static string Of(TrialReport report, DateTimeOffset started)
    {
        JUnitCase Case(TrialResult result)
        {
            string said = VisibleText.Of(TrialText.Said(result.Verdict));
            var named = new JUnitCase(Name(result), result.Elapsed);
            return result.Status switch
            {
                TrialStatus.Failed => named with { Fault = "failure", Message = $"expected: {TrialResult.Expectation(result.Trial.Connection)}; it was: {result.Verdict}", Text = said },
                TrialStatus.NotTried => named with { Fault = IsError(report, result) ? "error" : "skipped", Message = $"not tried: {said}" },
                _ => named,
            };
        }

        return JUnitDocument.Of(report.Scenario.Name, started, [.. report.Results.Select(Case)], report.Trials.IsSample ? TrialText.Sample(report.Trials) : null);
    }

    /// <summary>Said with all that tells two connections apart.</summary>
    private static string Name(TrialResult result)
    {
        string connection = TrialText.Of(result.Trial.Connection, result.Trial.Server.Certificate);
        string ends = $"{result.Trial.Connection.From} -> {result.Trial.Connection.To}";
        return $"{result.Trial.Name}{connection[ends.Length..]}, TLS {TrialText.Of(result.Trial.Offered)}, {result.Stack}";
    }

    private static bool IsError(TrialReport report, TrialResult result) => report.Untried.Contains(result.Trial);
}
