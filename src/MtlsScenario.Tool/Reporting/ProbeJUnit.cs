using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Tool.Probing;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What came of a probe as JUnit's XML: what was let in is a failure, and of what must be refused and nobody knows an error.</summary>
internal static class ProbeJUnit
{
    /// <summary>The document, ending in a newline.</summary>
    public static string Of(ProbeReport report, string scenario, bool isStrict, DateTimeOffset started)
    {
        HashSet<ProbeResult> findings = [.. report.Findings(isStrict)];
        return JUnitDocument.Of(scenario, started, [.. report.Results.Select(result => new JUnitCase($"{result.Fault.Id}, TLS {result.Tls}", result.Elapsed)
        {
            Fault = findings.Contains(result) ? "failure" : result.Verdict switch
            {
                ProbeVerdict.Undecided or ProbeVerdict.NotTried when result.Grade == FaultGrade.A => "error",
                ProbeVerdict.Rejected or ProbeVerdict.LetIn => null,
                _ => "skipped",
            },
            Message = $"{ProbeText.Of(result.Verdict)}: {VisibleText.Of(result.Why)}",
        })]);
    }
}
