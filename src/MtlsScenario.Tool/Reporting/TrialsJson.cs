using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Handshakes;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Reporting;

/// <summary>The result of <c>test</c> as JSON.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Folder">The folder whose certificates were tried; null where they were issued in memory.</param>
/// <param name="Sample">How many of how many were tried, where some replicas stood for all; null where all were.</param>
/// <param name="Passed">How many ended as expected.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="NotTried">How many a stack could not play.</param>
/// <param name="Stacks">What played.</param>
/// <param name="NotInstalled">What would have played, had it been installed.</param>
/// <param name="Versions">What each program says of its version.</param>
/// <param name="Results">By connection, then by stack.</param>
internal sealed record TrialsJson(
    string Scenario,
    string? Folder,
    SampleJson? Sample,
    int Passed,
    int Failed,
    int NotTried,
    ImmutableArray<string> Stacks,
    ImmutableArray<string> NotInstalled,
    ImmutableSortedDictionary<string, string> Versions,
    ImmutableArray<TrialJson> Results)
{
    /// <summary>The form of a report.</summary>
    public static TrialsJson Of(TrialReport report) => new(
        report.Scenario.Name,
        report.Folder,
        SampleJson.OfTrials(report.Trials),
        report.Count(TrialStatus.Passed),
        report.Count(TrialStatus.Failed),
        report.Count(TrialStatus.NotTried),
        report.Selection.Names,
        report.Selection.NotInstalled,
        report.Selection.Versions,
        [.. report.Results.Select(TrialJson.Of)]);
}

/// <summary>How many of the replicas that the scenario names were tried in place of all, as JSON.</summary>
/// <param name="Tried">How many handshakes were tried on each stack.</param>
/// <param name="Of">How many there are.</param>
internal sealed record SampleJson(long Tried, long Of)
{
    /// <summary>What was left out; null where nothing was.</summary>
    public static SampleJson? OfTrials(TrialSet trials) => trials.IsSample ? new SampleJson(trials.Count, trials.Whole) : null;
}

/// <summary>How the result of <c>test</c> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialsJson))]
internal sealed partial class TrialsJsonContext : JsonSerializerContext;
