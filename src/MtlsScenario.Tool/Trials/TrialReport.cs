using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Trials;

/// <summary>What came of trying all connections of a scenario.</summary>
/// <param name="Trials">What was tried.</param>
/// <param name="Folder">The folder whose certificates were tried, as the user named it; null where they were issued in memory.</param>
/// <param name="Selection">What played.</param>
/// <param name="Results">The results, by connection in the order of the scenario, then by stack.</param>
internal sealed record TrialReport(TrialSet Trials, string? Folder, StackSelection Selection, ImmutableArray<TrialResult> Results)
{
    /// <summary>The scenario.</summary>
    public Scenario Scenario => Trials.Scenario;

    /// <summary>The results of each connection that was tried, in the order of the scenario.</summary>
    public IEnumerable<ImmutableArray<TrialResult>> ByConnection =>
        Results.GroupBy(result => (object)result.Trial.Connection, ReferenceEqualityComparer.Instance).Select(results => results.ToImmutableArray());

    /// <summary>How many results are of that status.</summary>
    public int Count(TrialStatus status) => Results.Count(result => result.Status == status);

    /// <summary>The trials that no stack could play. Nothing is known of them, so they pass for nothing.</summary>
    public ImmutableArray<Trial> Untried =>
    [
        .. Results.GroupBy(result => result.Trial)
            .Where(results => results.All(result => result.Status == TrialStatus.NotTried))
            .Select(results => results.Key),
    ];

    /// <summary>What the process is to exit with.</summary>
    public ExitCode ExitCode => this switch
    {
        _ when Count(TrialStatus.Failed) > 0 => ExitCode.CheckFailed,
        _ when !Untried.IsEmpty => ExitCode.Environment,
        _ => ExitCode.Success,
    };
}
