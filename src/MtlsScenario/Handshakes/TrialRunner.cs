using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MtlsScenario.Handshakes;

/// <summary>Tries all connections of a scenario.</summary>
/// <param name="source">Where the artifacts come from.</param>
/// <param name="choices">What plays both ends; each plays every connection.</param>
internal sealed class TrialRunner(IEndArtifactsSource source, ImmutableArray<StackChoice> choices)
{
    private readonly ConcurrentDictionary<object, Lazy<EndArtifactsResult>> _kept = new();

    /// <summary>Tries everything, several at once.</summary>
    /// <param name="trials">What is tried.</param>
    /// <param name="done">Called, from any thread, whenever one has ended.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The results, by connection in the order of the scenario, then by stack.</returns>
    public Task<ImmutableArray<TrialResult>> RunAsync(TrialSet trials, Action done, CancellationToken cancellationToken) =>
        RunAsync(trials.Trials, trials.Count, done, cancellationToken);

    /// <summary>Tries everything, several at once.</summary>
    /// <param name="trials">What is tried.</param>
    /// <param name="count">How many these are.</param>
    /// <param name="done">Called, from any thread, whenever one has ended.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The results, in the order of the trials, then by stack.</returns>
    public async Task<ImmutableArray<TrialResult>> RunAsync(IEnumerable<Trial> trials, long count, Action done, CancellationToken cancellationToken)
    {
        var results = new TrialResult[count * choices.Length];
        var all = from trial in trials from choice in choices select (Trial: trial, Choice: choice);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = choices.Max(choice => choice.Stack.AtOnce) };
        try
        {
            await Parallel.ForEachAsync(all.Index(), options, async (one, token) =>
            {
                results[one.Index] = await TryAsync(one.Item.Trial, one.Item.Choice, token).ConfigureAwait(false);
                done();
            }).ConfigureAwait(false);
            return ImmutableCollectionsMarshal.AsImmutableArray(results);
        }
        finally
        {
            foreach (Lazy<EndArtifactsResult> kept in _kept.Values.Where(kept => kept.IsValueCreated))
            {
                kept.Value.Artifacts?.Dispose();
            }

            _kept.Clear();
        }
    }

    private async Task<TrialResult> TryAsync(Trial trial, StackChoice choice, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        EndArtifactsResult client = Read(trial.Client, out EndArtifacts? passing);
        using EndArtifacts? passingClient = passing;
        EndArtifactsResult server = choice.Stack.PlaysServer ? Read(trial.Server, out passing) : EndArtifactsResult.Of(passing = new EndArtifacts([], [], []));
        using EndArtifacts? passingServer = passing;
        if (client.Artifacts is not { } own || server.Artifacts is not { } others)
        {
            return new TrialResult(trial, choice.Stack.Name, new Verdict.NotTried(client.Fault ?? server.Fault!));
        }

        var artifacts = new TrialArtifacts(own, others);
        TrialResult result = await PlayAsync(trial, artifacts, choice, cancellationToken).ConfigureAwait(false);
        return result with { Verdict = InconclusiveRejection.Weigh(trial.Connection, result.Verdict), Differences = choice.Stack.PlaysServer ? KnownDifferences.Of(trial, artifacts) : [], Elapsed = Stopwatch.GetElapsedTime(start) };
    }

    /// <summary>What an end has in hand; of what is not kept for other handshakes, also <paramref name="passing"/>, of which the caller disposes.</summary>
    private EndArtifactsResult Read(TrialEnd end, out EndArtifacts? passing)
    {
        if (source.KeyOf(end) is { } key)
        {
            passing = null;
            return _kept.GetOrAdd(key, _ => new(() => source.Read(end))).Value;
        }

        EndArtifactsResult read = source.Read(end);
        passing = read.Artifacts;
        return read;
    }

    private static async Task<TrialResult> PlayAsync(
        Trial trial, TrialArtifacts artifacts, StackChoice choice, CancellationToken cancellationToken)
    {
        Verdict verdict = await choice.Stack.TryAsync(trial, artifacts, cancellationToken).ConfigureAwait(false);
        if (verdict is not Verdict.NotTried cannot || choice.Substitute is not { } substitute)
        {
            return new TrialResult(trial, choice.Stack.Name, verdict);
        }

        Verdict instead = await substitute.TryAsync(trial, artifacts, cancellationToken).ConfigureAwait(false);
        return instead is Verdict.NotTried
            ? new TrialResult(trial, choice.Stack.Name, verdict)
            : new TrialResult(trial, substitute.Name, instead) { Substitution = new Substitution(choice.Stack.Name, cannot.Why) };
    }
}
