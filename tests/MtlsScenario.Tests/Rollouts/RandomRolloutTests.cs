using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Interop.Tests;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;
using Xunit;
using Xunit.Abstractions;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>What is said of an order, held against what happens when it is carried out.</summary>
[Trait(LongRun.Category, LongRun.Long)]
public sealed class RandomRolloutTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_order_breaks_nothing_and_without_one_every_order_breaks_something()
    {
        int count = LongRun.Count("ROLLOUTS", brief: 8, atLength: 3_000);
        var seen = new Dictionary<RolloutVerdict, int>();
        (int waves, int moments, int ways) = (0, 0, 0);
        for (int seed = LongRun.Count("ROLLOUTS_FROM", 0, 0); seed < count; seed++)
        {
            (Scenario old, Scenario made) = await RandomLayouts.CreateAsync(seed);
            using var run = new RolloutRun(old, made);
            RolloutResult result = await run.AskAsync();
            seen[result.Verdict] = seen.GetValueOrDefault(result.Verdict) + 1;
            waves += result.Waves.Length > 1 ? 1 : 0;
            var broken = new Dictionary<int, bool>();
            string[] parties = [.. result.Changes.Select(change => change.Party)];
            async Task<bool> IsBrokenAsync(IEnumerable<string> changed)
            {
                HashSet<string> set = [.. changed];
                int key = parties.Index().Where(party => set.Contains(party.Item)).Sum(party => 1 << party.Index);
                if (!broken.TryGetValue(key, out bool known))
                {
                    moments++;
                    broken.Add(key, known = !(await run.BrokenAsync(set)).IsEmpty);
                }

                return known;
            }

            string which = string.Create(CultureInfo.InvariantCulture, $"seed {seed}");
            if (result.Verdict == RolloutVerdict.Ordered)
            {
                // Within a wave any order will do: forwards and backwards.
                foreach (string[] order in new[] { result.Waves.SelectMany(wave => wave), result.Waves.SelectMany(wave => wave.Reverse()) }.Select(order => order.ToArray()))
                {
                    for (int done = 0; done <= order.Length; done++)
                    {
                        Assert.False(await IsBrokenAsync(order.Take(done)), $"{which}: {string.Join(", ", order.Take(done))} of {string.Join(", ", order)}");
                    }
                }
            }
            else
            {
                Assert.Equal((RolloutVerdict.NoOrder, which), (result.Verdict, which));
                foreach (ImmutableArray<string> order in Orders([.. parties]))
                {
                    bool breaks = false;
                    for (int done = 1; done < order.Length && !breaks; done++)
                    {
                        breaks = await IsBrokenAsync(order.Take(done));
                    }

                    Assert.True(breaks, $"{which}: {string.Join(", ", order)} breaks nothing");
                }

                ImmutableArray<RolloutStep> way = await run.Steps().FindAsync(result, CancellationToken.None);
                await RolloutRun.CarryOutAsync(old, way);
                ways += way.IsEmpty ? 0 : 1;
            }
        }

        Assert.True(seen.GetValueOrDefault(RolloutVerdict.Ordered) > 0 && seen.GetValueOrDefault(RolloutVerdict.NoOrder) > 0);
        LongRun.Report(output, string.Create(
            CultureInfo.InvariantCulture,
            $"rollout: {count} random pairs of layouts, {seen[RolloutVerdict.Ordered]} with an order ({waves} of several waves), {seen[RolloutVerdict.NoOrder]} without ({ways} by steps); {moments} moments tried"));
    }

    private static IEnumerable<ImmutableArray<string>> Orders(ImmutableArray<string> parties) => parties.IsEmpty
        ? [[]]
        : parties.SelectMany(first => Orders(parties.Remove(first)).Select(rest => rest.Insert(0, first)));
}
