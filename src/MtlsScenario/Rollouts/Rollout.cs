using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>
/// Finds out whether the parties of a layout can be changed one at a time, so that every connection that is accepted before and
/// after is accepted at every moment, and every one that is rejected stays rejected. There is an order exactly where no party
/// comes before itself.
/// </summary>
internal sealed class Rollout
{
    private readonly LayoutState _old;
    private readonly LayoutState _new;
    private readonly ImmutableArray<StackChoice> _choices;
    private readonly SharedConnections _connections;
    private readonly MixedTrials _mixed;
    private readonly TrialSet[] _pure;

    /// <summary>Finds what changes.</summary>
    /// <param name="old">The layout that is.</param>
    /// <param name="made">The layout that is to be.</param>
    /// <param name="choices">What plays the ends.</param>
    public Rollout(LayoutState old, LayoutState made, ImmutableArray<StackChoice> choices)
    {
        (_old, _new, _choices) = (old, made, choices);
        _connections = SharedConnections.Of(old.Scenario, made.Scenario);
        _mixed = new MixedTrials(old, made, _connections);
        _pure = [TrialSet.Sample(old.Scenario), TrialSet.Sample(made.Scenario)];
    }

    /// <summary>How many handshakes there are to be tried at most.</summary>
    public long Count => (_pure.Sum(set => set.Count) + _mixed.Trials.Length) * _choices.Length;

    /// <summary>Tries the pure layouts, and then, where both hold, the mixed states.</summary>
    /// <param name="done">Called, from any thread, whenever a handshake has ended.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<RolloutResult> RunAsync(Action done, CancellationToken cancellationToken)
    {
        ImmutableArray<TrialResult> old = await new TrialRunner(_old.Artifacts, _choices).RunAsync(_pure[0], done, cancellationToken).ConfigureAwait(false);
        ImmutableArray<TrialResult> made = await TryNewAsync(old, done, cancellationToken).ConfigureAwait(false);
        var result = new RolloutResult
        {
            Old = _old.Scenario,
            New = _new.Scenario,
            OldFailures = [.. old.Where(trial => trial.Status == TrialStatus.Failed)],
            NewFailures = [.. made.Where(trial => trial.Status == TrialStatus.Failed)],
            Untried = [.. Untried(old), .. Untried(made)],
            Changes = _mixed.Changes,
            NewParties = Less(_new.Scenario, _old.Scenario),
            EndedParties = Less(_old.Scenario, _new.Scenario),
            Connections = _connections,
        };
        return result.Verdict == RolloutVerdict.DoesNotHold ? result : await MixAsync(result, done, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Tries the layout that is to be. A handshake of which neither end nor what is expected changes is the one that was tried in
    /// the layout that is.
    /// </summary>
    private async Task<ImmutableArray<TrialResult>> TryNewAsync(ImmutableArray<TrialResult> old, Action done, CancellationToken cancellationToken)
    {
        static object KeyOf(Trial trial) => (trial.Connection, trial.Client.Number, trial.Server.Number, trial.Offered);
        ILookup<object, TrialResult[]> tried = old.Chunk(_choices.Length).ToLookup(results => KeyOf(results[0].Trial));
        (Trial Trial, TrialResult[]? Known)[] trials =
        [
            .. _pure[1].Trials.Select(trial => (trial, tried[KeyOf(trial)].FirstOrDefault(results => _mixed.Keeps(results[0].Trial, trial)))),
        ];
        Trial[] open = [.. trials.Where(one => one.Known is null).Select(one => one.Trial)];
        ImmutableArray<TrialResult> results = await new TrialRunner(_new.Artifacts, _choices).RunAsync(open, open.Length, done, cancellationToken).ConfigureAwait(false);
        for (int kept = open.Length * _choices.Length; kept < trials.Length * _choices.Length; kept++)
        {
            done();
        }

        var made = new Queue<TrialResult[]>(results.Chunk(_choices.Length));
        return [.. trials.SelectMany(one => one.Known?.Select(result => result with { Trial = one.Trial }) ?? made.Dequeue())];
    }

    private async Task<RolloutResult> MixAsync(RolloutResult pure, Action done, CancellationToken cancellationToken)
    {
        ImmutableArray<TrialResult> results = await new TrialRunner(_mixed, _choices)
            .RunAsync(_mixed.Trials.Select(mixed => mixed.Trial), _mixed.Trials.Length, done, cancellationToken).ConfigureAwait(false);
        var constraints = new Dictionary<(string Before, string After), Constraint>();
        var undecided = new List<TriedMix>();
        foreach ((int index, MixedTrial mixed) in _mixed.Trials.Index())
        {
            TrialResult[] played = [.. results.AsSpan(index * _choices.Length, _choices.Length)];
            if (played.FirstOrDefault(IsBroken) is { } broken)
            {
                (string before, string after) = mixed.State == MixedState.CallerFirst ? (mixed.Called, mixed.Caller) : (mixed.Caller, mixed.Called);
                constraints.TryAdd((before, after), new Constraint(before, after, new TriedMix(mixed.Connection, mixed.State, broken)));
            }
            else if (played.FirstOrDefault(result => result.Verdict is Verdict.Inconclusive { Met: null }) is { } open)
            {
                undecided.Add(new TriedMix(mixed.Connection, mixed.State, open));
            }
            else if (played.All(result => result.Status == TrialStatus.NotTried))
            {
                undecided.Add(new TriedMix(mixed.Connection, mixed.State, played[0]));
            }
        }

        var ordering = Ordering.Of([.. pure.Changes.Select(change => change.Party)], constraints.Keys);
        return pure with
        {
            Constraints = [.. constraints.Values],
            Undecided = [.. undecided],
            Mixed = results.Length,
            Waves = undecided.Count == 0 && pure.Untried.IsEmpty && ordering.Circles.IsEmpty ? ordering.Waves : [],
            NoOrder = [.. ordering.Circles.Select(circle => new NoOrder(circle, Way(circle, constraints)))],
        };
    }

    /// <summary>
    /// What was accepted is not, or what was rejected is accepted. An end that ended the connection before the other could judge
    /// is no acceptance.
    /// </summary>
    public static bool IsBroken(TrialResult result) => result.Trial.Connection.Expect == Outcome.Accepted
        ? result.Verdict is Verdict.Rejected or Verdict.Inconclusive { Met: not null }
        : result.Verdict is Verdict.Accepted;

    private static ImmutableArray<Constraint> Way(ImmutableArray<string> circle, Dictionary<(string Before, string After), Constraint> constraints)
    {
        ImmutableArray<string> way = Ordering.ShortestCircle(circle, constraints.Keys);
        return [.. way.Select((party, index) => constraints[(party, way[(index + 1) % way.Length])])];
    }

    private static IEnumerable<TrialResult> Untried(ImmutableArray<TrialResult> results) => results.GroupBy(result => result.Trial)
        .Where(played => played.All(result => result.Status == TrialStatus.NotTried)).Select(played => played.First());

    private static ImmutableArray<string> Less(Scenario all, Scenario without) =>
        [.. all.Parties.Select(party => party.Name).Except(without.Parties.Select(party => party.Name), StringComparer.Ordinal)];
}
