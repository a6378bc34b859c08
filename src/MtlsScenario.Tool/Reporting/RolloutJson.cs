using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Rollouts;

namespace MtlsScenario.Tool.Reporting;

/// <summary>The result of <c>rollout</c> as JSON.</summary>
internal sealed record RolloutJson
{
    /// <summary>The name of the scenario that is.</summary>
    public required string Old { get; init; }

    /// <summary>The name of the scenario that is to be.</summary>
    public required string New { get; init; }

    /// <summary><c>ordered</c>, <c>noOrder</c>, <c>doesNotHold</c> or <c>undecided</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>What changes.</summary>
    public required ImmutableArray<RolloutPartyJson> Parties { get; init; }

    /// <summary>What comes before what.</summary>
    public required ImmutableArray<RolloutConstraintJson> Constraints { get; init; }

    /// <summary>The order; empty where there is none.</summary>
    public required ImmutableArray<ImmutableArray<string>> Waves { get; init; }

    /// <summary>The parties for which there is none.</summary>
    public required ImmutableArray<RolloutCircleJson> NoOrder { get; init; }

    /// <summary>The way over intermediate layouts.</summary>
    public required ImmutableArray<RolloutStepJson> Steps { get; init; }

    /// <summary>Why there are none, where the folder alone does not say what they are to start from.</summary>
    public required ImmutableArray<string> NoSteps { get; init; }

    /// <summary>The authorities that are made anew in their own place.</summary>
    public required ImmutableArray<string> ReplacedAuthorities { get; init; }

    /// <summary>The parties that there were not.</summary>
    public required ImmutableArray<string> NewParties { get; init; }

    /// <summary>The parties that there are no more.</summary>
    public required ImmutableArray<string> EndedParties { get; init; }

    /// <summary>The connections that there were not.</summary>
    public required ImmutableArray<string> NewConnections { get; init; }

    /// <summary>The connections that there are no more.</summary>
    public required ImmutableArray<string> EndedConnections { get; init; }

    /// <summary>The connections of which the contrary is expected from now on.</summary>
    public required ImmutableArray<string> TurnedConnections { get; init; }

    /// <summary>What is not as one of the two scenarios says, by itself.</summary>
    public required ImmutableArray<RolloutTrialJson> Failures { get; init; }

    /// <summary>What could not be tried.</summary>
    public required ImmutableArray<RolloutTrialJson> NotTried { get; init; }

    /// <summary>The form of a report.</summary>
    public static RolloutJson Of(RolloutReport report)
    {
        RolloutResult result = report.Result;
        return new RolloutJson
        {
            Old = result.Old.Name,
            New = result.New.Name,
            Verdict = Word(result.Verdict.ToString()),
            Parties = [.. result.Changes.Select(change => new RolloutPartyJson(
                change.Party,
                [.. change.Differences.Select(difference => new RolloutDifferenceJson(Word(difference.Aspect.ToString()), difference.Now, difference.Was, difference.Narrows))],
                change.Ends is { } ends ? TimeText.Of(ends) : null,
                report.ReloadMeans(change.Party) is { } means ? new RolloutTakingUpJson(means.Certificate, means.Trust) : null))],
            Constraints = [.. result.Constraints.Select(Of)],
            Waves = result.Waves,
            NoOrder = [.. result.NoOrder.Select(circle => new RolloutCircleJson(circle.Parties, [.. circle.Constraints.Select(Of)]))],
            Steps = [.. report.Steps.Select((step, index) => new RolloutStepJson(step.Word, index < report.Files.Length ? report.Files[index] : null, step.Wide, step.Result.Waves))],
            NoSteps = report.NoSteps,
            ReplacedAuthorities = report.Replaced,
            NewParties = result.NewParties,
            EndedParties = result.EndedParties,
            NewConnections = [.. result.Connections.Begun.Select(NameOf)],
            EndedConnections = [.. result.Connections.Ended.Select(NameOf)],
            TurnedConnections = [.. result.Connections.Turned.Select(turned => turned.ToString())],
            Failures = [.. result.OldFailures.Select(failure => Of(failure, "old")), .. result.NewFailures.Select(failure => Of(failure, "new"))],
            NotTried = [.. result.Untried.Select(open => Of(open, null)), .. result.Undecided.Select(open => Of(open.Result, Word(open.State.ToString())))],
        };
    }

    private static RolloutConstraintJson Of(Constraint constraint)
    {
        RolloutTrialJson trial = Of(constraint.Broken.Result, Word(constraint.Broken.State.ToString()));
        return new RolloutConstraintJson(constraint.Before, constraint.After, trial);
    }

    private static RolloutTrialJson Of(TrialResult result, string? state)
    {
        OutcomeJson? actual = OutcomeJson.Of(result.Verdict is Verdict.Inconclusive { Met: { } met } ? met : result.Verdict);
        return new RolloutTrialJson(
            result.Trial.Name, state, TrialText.Of(result.Trial.Offered), result.Stack, actual, TrialText.Said(result.Verdict) is { Length: > 0 } said ? said : null);
    }

    private static string NameOf(Connection connection) => $"{connection.From} -> {connection.To}";

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>A party that changes.</summary>
internal sealed record RolloutPartyJson(string Party, ImmutableArray<RolloutDifferenceJson> Differences, string? Ends, RolloutTakingUpJson? TakenUpBy);

/// <summary>What of it changes.</summary>
internal sealed record RolloutDifferenceJson(string Aspect, string Now, string? Was, bool Narrows);

/// <summary>How its program takes that up.</summary>
internal sealed record RolloutTakingUpJson(string Certificate, string Trust);

/// <summary>That one comes before another.</summary>
internal sealed record RolloutConstraintJson(string Before, string After, RolloutTrialJson Otherwise);

/// <summary>A handshake: in which layout or mixed state, and how it ended.</summary>
internal sealed record RolloutTrialJson(string Connection, string? State, string Tls, string Stack, OutcomeJson? Actual, string? Said);

/// <summary>Parties without an order.</summary>
internal sealed record RolloutCircleJson(ImmutableArray<string> Parties, ImmutableArray<RolloutConstraintJson> Constraints);

/// <summary>A layout in between.</summary>
internal sealed record RolloutStepJson(string Step, string? File, ImmutableArray<string> Wide, ImmutableArray<ImmutableArray<string>> Waves);

/// <summary>How the result of <c>rollout</c> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RolloutJson))]
internal sealed partial class RolloutJsonContext : JsonSerializerContext;
