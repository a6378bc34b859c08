using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Tool.Probing;

namespace MtlsScenario.Tool.Reporting;

/// <summary>The result of <c>probe</c> as JSON.</summary>
/// <param name="Address">What was probed.</param>
/// <param name="Party">As whom.</param>
/// <param name="Versions">How the good certificate fared.</param>
/// <param name="LetIn">How many faults were let in.</param>
/// <param name="Rejected">How many were not.</param>
/// <param name="Undecided">Of how many nobody knows.</param>
/// <param name="NotTried">How many could not be sent.</param>
/// <param name="DoesNotApply">How many there are not here.</param>
/// <param name="Results">The worst first.</param>
internal sealed record ProbeJson(
    string Address, string Party, ImmutableArray<ProbeVersionJson> Versions, int LetIn, int Rejected, int Undecided, int NotTried, int DoesNotApply, ImmutableArray<ProbeResultJson> Results)
{
    /// <summary>The form of a report.</summary>
    public static ProbeJson Of(ProbeReport report, string address, string party) => new(
        address,
        party,
        [.. report.Versions.Select(version => new ProbeVersionJson(version.Name, version.IsGood, version.Said))],
        report.Count(ProbeVerdict.LetIn),
        report.Count(ProbeVerdict.Rejected),
        report.Count(ProbeVerdict.Undecided),
        report.Count(ProbeVerdict.NotTried),
        report.Count(ProbeVerdict.DoesNotApply),
        [.. report.WorstFirst.Select(result => new ProbeResultJson(
            result.Fault.Id, result.Grade.ToString(), result.Tls, ProbeText.Of(result.Verdict).Replace(' ', '-'), result.Alert, result.Status, result.Why))]);
}

/// <summary>How the good certificate fared on a version of TLS.</summary>
internal sealed record ProbeVersionJson(string Tls, bool GoodLetIn, string Said);

/// <summary>What came of one fault on one version.</summary>
internal sealed record ProbeResultJson(string Id, string Grade, string? Tls, string Verdict, int? Alert, int? Status, string Why);

/// <summary>How the result of <c>probe</c> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProbeJson))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
