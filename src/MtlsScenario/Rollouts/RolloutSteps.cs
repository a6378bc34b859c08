using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Rollouts;

/// <summary>
/// Finds a way over intermediate layouts, where there is no order without: the fewest steps of which each has an order, for those
/// who are in each other's way, and only where that does not do, for all.
/// </summary>
/// <param name="old">The layout that is.</param>
/// <param name="made">The layout that is to be.</param>
/// <param name="choices">What plays the ends.</param>
/// <param name="options">What is asked for beyond the layouts.</param>
/// <param name="now">The moment, UTC.</param>
internal sealed class RolloutSteps(LayoutState old, LayoutState made, ImmutableArray<StackChoice> choices, ReconciliationOptions options, DateTimeOffset now)
{
    /// <summary>What the old layout is as a scenario, for the steps; by default the one that it has.</summary>
    public Scenario From { get; set; } = old.Scenario;

    /// <summary>The steps, the last to the layout that is to be; empty where none were found.</summary>
    /// <param name="direct">What came of it without them.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ImmutableArray<RolloutStep>> FindAsync(RolloutResult direct, CancellationToken cancellationToken)
    {
        HashSet<string> all = [.. direct.Changes.Select(change => NameOf(change.Party))];
        HashSet<string> wide = [.. direct.NoOrder.SelectMany(circle => circle.Parties).Select(NameOf)];
        return !wide.SetEquals(all)
            && await FindAsync(new IntermediateLayouts(From, made.Scenario, wide, Before(wide, direct)), [.. wide], cancellationToken).ConfigureAwait(false) is { IsEmpty: false } narrower
            ? narrower
            : await FindAsync(new IntermediateLayouts(From, made.Scenario, all, new HashSet<string>()), [.. all], cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<RolloutStep>> FindAsync(IntermediateLayouts layouts, ImmutableArray<string> wide, CancellationToken cancellationToken)
    {
        (string Word, Scenario Scenario) widen = ("widen", layouts.Widen());
        (string Word, Scenario Scenario) identity = ("identity", layouts.Identity());
        (string Word, Scenario Scenario) narrow = ("narrow", made.Scenario);
        (string Word, Scenario Scenario)[][] ways = [[widen, narrow], [identity, narrow], [widen, identity, narrow]];
        var tried = new Dictionary<string, (LayoutState State, RolloutStep Step)>(StringComparer.Ordinal);
        try
        {
            foreach ((string Word, Scenario Scenario)[] way in ways)
            {
                if (await TryAsync(way, tried, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } steps)
                {
                    return [.. steps.Select(step => step with { Wide = wide })];
                }
            }

            return [];
        }
        catch (FolderException)
        {
            // What is in the way of a layout in between says nothing of the two that were asked about.
            return [];
        }
        finally
        {
            tried.Values.ToList().ForEach(step => step.State.Dispose());
        }
    }

    /// <summary>The parties that come before some, directly or by way of others, and are none of them.</summary>
    private static HashSet<string> Before(HashSet<string> some, RolloutResult direct)
    {
        HashSet<string> before = [];
        (string Before, string After)[] pairs = [.. direct.Constraints.Select(one => (NameOf(one.Before), NameOf(one.After)))];
        while (pairs.Where(pair => some.Contains(pair.After) || before.Contains(pair.After)).Select(pair => pair.Before).Except(some).Except(before).ToArray() is { Length: > 0 } more)
        {
            before.UnionWith(more);
        }

        return before;
    }

    private static string NameOf(string node) => node.Split('[')[0];

    /// <summary>The authorities of which another key or name is made in the place of the one that is: there cannot be both.</summary>
    public ImmutableArray<string> ReplacedAuthorities =>
    [
        .. made.Plan.Certificates.Where(planned => planned.IsAuthority && old.Plan.Certificates.Any(other => other.Stem == planned.Stem))
            .Where(planned => IsReplaced(planned.Files.Certificate, old.Plan[planned.Stem].Files.Certificate)).Select(planned => planned.Stem),
    ];

    private bool IsReplaced(string path, string former) =>
        old.Files.Certificate(former) is { } before && made.Files.Certificate(path) is { } after
        && !(before.SubjectPublicKeyInfo.Span.SequenceEqual(after.SubjectPublicKeyInfo.Span) && before.Subject.Equals(after.Subject));

    /// <summary>The steps of a way; none where one of them does not hold, or has no order. Ways that begin alike share their steps.</summary>
    private async Task<ImmutableArray<RolloutStep>> TryAsync(
        (string Word, Scenario Scenario)[] way, Dictionary<string, (LayoutState State, RolloutStep Step)> tried, CancellationToken cancellationToken)
    {
        var steps = ImmutableArray.CreateBuilder<RolloutStep>();
        LayoutState last = old;
        string place = "";
        foreach ((string word, Scenario scenario) in way)
        {
            place += $"/{word}";
            if (!tried.TryGetValue(place, out (LayoutState State, RolloutStep Step) step))
            {
                step = await StepAsync(last, word, scenario, cancellationToken).ConfigureAwait(false);
                tried.Add(place, step);
            }

            if (step.Step.Result.Verdict != RolloutVerdict.Ordered)
            {
                return [];
            }

            steps.Add(step.Step);
            last = step.State;
        }

        return steps.ToImmutable();
    }

    private async Task<(LayoutState State, RolloutStep Step)> StepAsync(LayoutState last, string word, Scenario scenario, CancellationToken cancellationToken)
    {
        LayoutState next = last.Then(scenario, made.Provided, options with { NewKeys = default, AllNewKeys = false, Renew = false }, now, cancellationToken);
        try
        {
            RolloutResult result = await new Rollout(last, next, choices).RunAsync(() => { }, cancellationToken).ConfigureAwait(false);
            return (next, new RolloutStep(word, scenario, result));
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }
}

/// <summary>A layout on the way to another.</summary>
/// <param name="Word">What it is for: <c>widen</c>, <c>identity</c>, <c>narrow</c>.</param>
/// <param name="Scenario">The layout.</param>
/// <param name="Result">The order in which its parties are changed.</param>
internal sealed record RolloutStep(string Word, Scenario Scenario, RolloutResult Result)
{
    /// <summary>The parties that accept what there was and what there is to be, until the last step.</summary>
    public ImmutableArray<string> Wide { get; init; } = [];
}
