using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>What works in a folder and would not while only a part of its parties has what is to be made.</summary>
/// <param name="Mixes">Of each connection that works and would break, a mixed state in which it does.</param>
/// <param name="Renamed">The parties whose certificates lose a name by which others may know them.</param>
internal sealed record BreakingChanges(ImmutableArray<TriedMix> Mixes, ImmutableArray<string> Renamed)
{
    /// <summary>Finds them. What could not be tried breaks nothing that is known of.</summary>
    /// <param name="old">What is there.</param>
    /// <param name="made">What is to be made.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<BreakingChanges> FindAsync(LayoutState old, LayoutState made, CancellationToken cancellationToken)
    {
        ImmutableArray<StackChoice> stack = [new StackChoice(new DotNetStack())];
        var mixed = new MixedTrials(old, made, SharedConnections.Of(old.Scenario, made.Scenario));
        ImmutableArray<TrialResult> results = await new TrialRunner(mixed, stack)
            .RunAsync(mixed.Trials.Select(trial => trial.Trial), mixed.Trials.Length, () => { }, cancellationToken).ConfigureAwait(false);
        TriedMix[] broken =
        [
            .. results.Zip(mixed.Trials).Where(pair => pair.First.Trial.Connection.Expect == Outcome.Accepted && Rollout.IsBroken(pair.First))
                .DistinctBy(pair => pair.Second.Connection).Select(pair => new TriedMix(pair.Second.Connection, pair.Second.State, pair.First)),
        ];
        Scenario before = old.Scenario with { Connections = [.. broken.Select(mix => mix.Connection.Old)] };
        ImmutableArray<TrialResult> now = await new TrialRunner(old.Artifacts, stack)
            .RunAsync(TrialSet.Sample(before), () => { }, cancellationToken).ConfigureAwait(false);
        HashSet<Connection> failing = [.. now.Where(result => result.Status != TrialStatus.Passed).Select(result => result.Trial.Connection)];
        return new BreakingChanges(
            [.. broken.Where(mix => !failing.Contains(mix.Connection.Old))],
            [.. mixed.Changes.Where(change => change.Differences.Any(difference => difference is { Aspect: ChangedAspect.Certificate, Narrows: true }))
                .Select(change => change.Party).Where(party => IsKnownByName(made.Scenario, party.Split('[')[0]))]);
    }

    /// <summary>Whether somebody calls the party, or it calls somebody who lets in by name.</summary>
    private static bool IsKnownByName(Scenario scenario, string party) => scenario.Connections.Any(connection => connection.Expect == Outcome.Accepted
        && (connection.To.Party == party || (connection.From.Party == party && scenario.Party(connection.To.Party).Called?.Admits is not null)));
}
