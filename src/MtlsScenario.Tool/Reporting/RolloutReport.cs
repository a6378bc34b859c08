using System.Collections.Immutable;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Rollouts;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What came of a rollout, and what there is to say beside that.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Steps">The way over intermediate layouts; none where there is an order without, or no way was found.</param>
/// <param name="Replaced">The authorities that are made anew in their own place.</param>
/// <param name="Programs">What the parties are, by their names, as the user said.</param>
internal sealed record RolloutReport(
    RolloutResult Result, ImmutableArray<RolloutStep> Steps, ImmutableArray<string> Replaced, ImmutableDictionary<string, ConfigProgram> Programs)
{
    /// <summary>What is, as the user named it: a file, or what is in a folder.</summary>
    public required string From { get; init; }

    /// <summary>What is to be: a file.</summary>
    public required string To { get; init; }

    /// <summary>Why no steps were looked for, in sentences: what there was cannot be written as a scenario.</summary>
    public ImmutableArray<string> NoSteps { get; init; } = [];

    /// <summary>The files of the steps as the user would name them; none where they are not written.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>What makes a party's program use what is new; null where nobody said what it is.</summary>
    public ReloadMeans? ReloadMeans(string party) =>
        Programs.TryGetValue(party.Split('[')[0], out ConfigProgram program) ? Configs.ReloadMeans.Of(program) : null;

    /// <summary>How a mixed state ended: <c>rejected by server: unknown-issuer</c>.</summary>
    public static string Ending(TrialResult result) => result.Verdict switch
    {
        Verdict.Inconclusive { Met: { } met } => met.ToString(),
        var verdict => verdict.ToString(),
    };

    /// <summary>Which end is changed: <c>amy changed, bob not</c>.</summary>
    public static string MixOf(TriedMix mix)
    {
        Trial trial = mix.Result.Trial;
        (TrialEnd first, TrialEnd other) = mix.State == MixedState.CallerFirst ? (trial.Client, trial.Server) : (trial.Server, trial.Client);
        return $"{first} changed, {other} not";
    }
}
