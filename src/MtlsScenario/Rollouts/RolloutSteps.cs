using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Rollouts;

/// <summary>A layout on the way to another.</summary>
/// <param name="Word">What it is for: <c>widen</c>, <c>identity</c>, <c>narrow</c>.</param>
/// <param name="Scenario">The layout.</param>
/// <param name="Result">The order in which its parties are changed.</param>
internal sealed record RolloutStep(string Word, Scenario Scenario, RolloutResult Result);

/// <summary>Finds a way over intermediate layouts, where there is no order without: the fewest steps of which each has an order.</summary>
/// <param name="old">The layout that is.</param>
/// <param name="made">The layout that is to be.</param>
/// <param name="choices">What plays the ends.</param>
/// <param name="options">What is asked for beyond the layouts.</param>
/// <param name="now">The moment, UTC.</param>
internal sealed class RolloutSteps(LayoutState old, LayoutState made, ImmutableArray<StackChoice> choices, ReconciliationOptions options, DateTimeOffset now)
{
    /// <summary>The steps, the last to the layout that is to be; empty where none were found.</summary>
    public async Task<ImmutableArray<RolloutStep>> FindAsync(CancellationToken cancellationToken)
    {
        (string Word, Scenario Scenario) widen = ("widen", IntermediateLayouts.Widen(old.Scenario, made.Scenario));
        (string Word, Scenario Scenario) identity = ("identity", IntermediateLayouts.Identity(old.Scenario, made.Scenario));
        (string Word, Scenario Scenario) narrow = ("narrow", made.Scenario);
        (string Word, Scenario Scenario)[][] ways = [[widen, narrow], [identity, narrow], [widen, identity, narrow]];
        foreach ((string Word, Scenario Scenario)[] way in ways)
        {
            if (await TryAsync(way, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } steps)
            {
                return steps;
            }
        }

        return [];
    }

    /// <summary>The authorities of which another key or name is made in the place of the one that is: there cannot be both.</summary>
    public ImmutableArray<string> ReplacedAuthorities =>
    [
        .. made.Plan.Certificates.Where(planned => planned.IsAuthority && old.Plan.Certificates.Any(other => other.Stem == planned.Stem))
            .Where(planned => IsReplaced(planned.Files.Certificate, old.Plan[planned.Stem].Files.Certificate)).Select(planned => planned.Stem),
    ];

    private bool IsReplaced(string path, string former)
    {
        _ = X509.ParsedCertificate.TryRead(old.Files.Read(former).Bytes ?? [], out X509.ParsedCertificate? before);
        _ = X509.ParsedCertificate.TryRead(made.Files.Read(path).Bytes ?? [], out X509.ParsedCertificate? after);
        return before is not null && after is not null
            && !(before.SubjectPublicKeyInfo.Span.SequenceEqual(after.SubjectPublicKeyInfo.Span) && before.Subject.Der.Span.SequenceEqual(after.Subject.Der.Span));
    }

    /// <summary>The steps of a way; none where one of them does not hold, or has no order.</summary>
    private async Task<ImmutableArray<RolloutStep>> TryAsync((string Word, Scenario Scenario)[] way, CancellationToken cancellationToken)
    {
        var steps = new List<RolloutStep>();
        var states = new List<LayoutState> { old };
        try
        {
            foreach ((string word, Scenario scenario) in way)
            {
                states.Add(states[^1].Then(scenario, made.Provided, options with { NewKeys = default, AllNewKeys = false, Renew = false }, now, cancellationToken));
                RolloutResult result = await new Rollout(states[^2], states[^1], choices).RunAsync(() => { }, cancellationToken).ConfigureAwait(false);
                if (result.Verdict != RolloutVerdict.Ordered)
                {
                    return [];
                }

                steps.Add(new RolloutStep(word, scenario, result));
            }

            return [.. steps];
        }
        finally
        {
            states.Skip(1).ToList().ForEach(state => state.Dispose());
        }
    }
}
