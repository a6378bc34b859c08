using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Reconciling;
using MtlsScenario.Rollouts;
using Xunit;

namespace MtlsScenario.Tests.Rollouts;

/// <summary>Two layouts, and what there is to ask of them.</summary>
internal sealed class RolloutRun : IDisposable
{
    public static readonly ImmutableArray<StackChoice> Stack = [new StackChoice(new DotNetStack())];

    public RolloutRun(Scenario old, Scenario made, ReconciliationOptions? options = null)
    {
        Old = LayoutState.Of(old, new("/nowhere"), Now, CancellationToken.None);
        New = Old.Then(made, null, options ?? new ReconciliationOptions(), Now, CancellationToken.None);
    }

    public DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    public LayoutState Old { get; }

    public LayoutState New { get; }

    public Task<RolloutResult> AskAsync() => new Rollout(Old, New, Stack).RunAsync(() => { }, CancellationToken.None);

    public RolloutSteps Steps() => new(Old, New, Stack, new ReconciliationOptions(), Now);

    /// <summary>
    /// The connections that are not as they are to be while some parties are changed and others are not. It knows nothing of mixed
    /// states: it puts a scenario together of the parties as they are at that moment, and tries all of it.
    /// </summary>
    public async Task<ImmutableArray<TrialResult>> BrokenAsync(IReadOnlySet<string> changed)
    {
        var moment = new Scenario
        {
            Name = "moment",
            Parties = [.. Old.Scenario.Parties.Select(party => changed.Contains(party.Name) ? New.Scenario.Party(party.Name) : party)],
            Connections =
            [
                .. Old.Scenario.Connections.Zip(New.Scenario.Connections, (before, after) =>
                    (changed.Contains(before.From.Party) ? after : before) with { By = null, Because = null }),
            ],
        };
        var source = new MomentArtifacts(end => (changed.Contains(end.Party) ? New : Old).Artifacts.Read(end));
        ImmutableArray<TrialResult> results = await new TrialRunner(source, Stack).RunAsync(TrialSet.Of(moment), () => { }, CancellationToken.None);
        return [.. results.Where(result => result.Status != TrialStatus.Passed)];
    }

    /// <summary>The steps as files would have them, one after the other, party by party in their waves.</summary>
    public static async Task CarryOutAsync(Scenario old, ImmutableArray<RolloutStep> way)
    {
        foreach (RolloutStep step in way)
        {
            Scenario next = ScenarioLoader.Parse(ScenarioText.Of(step.Scenario));
            using var run = new RolloutRun(old, next);
            RolloutResult result = await run.AskAsync();
            Assert.Equal(RolloutVerdict.Ordered, result.Verdict);
            HashSet<string> changed = [];
            foreach (string party in step.Result.Waves.SelectMany(wave => wave))
            {
                changed.Add(party);
                Assert.Empty(await run.BrokenAsync(changed));
            }

            old = next;
        }
    }

    public void Dispose()
    {
        New.Dispose();
        Old.Dispose();
    }

    private sealed class MomentArtifacts(Func<TrialEnd, EndArtifactsResult> read) : IEndArtifactsSource
    {
        public EndArtifactsResult Read(TrialEnd end) => read(end);
    }
}
