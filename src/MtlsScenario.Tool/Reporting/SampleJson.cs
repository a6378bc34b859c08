using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Reporting;

/// <summary>That some replicas stood for all that the scenario names, as JSON.</summary>
/// <param name="Tried">How many handshakes were tried on each stack.</param>
/// <param name="Of">How many there are.</param>
internal sealed record SampleJson(long Tried, long Of)
{
    /// <summary>What was left out; null where nothing was.</summary>
    public static SampleJson? OfTrials(TrialSet trials) => trials.IsSample ? new SampleJson(trials.Count, trials.Whole) : null;
}
