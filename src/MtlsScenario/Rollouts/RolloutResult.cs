using System.Collections.Immutable;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>Whether, and in which order, the parties of a layout can be changed one at a time.</summary>
internal sealed record RolloutResult
{
    /// <summary>The layout that is.</summary>
    public required Scenario Old { get; init; }

    /// <summary>The layout that is to be.</summary>
    public required Scenario New { get; init; }

    /// <summary>What of the old layout by itself is not as it says; nothing more is tried then.</summary>
    public ImmutableArray<TrialResult> OldFailures { get; init; } = [];

    /// <summary>What of the new layout by itself is not as it says; nothing more is tried then.</summary>
    public ImmutableArray<TrialResult> NewFailures { get; init; } = [];

    /// <summary>What could not be tried in a pure layout.</summary>
    public ImmutableArray<TrialResult> Untried { get; init; } = [];

    /// <summary>What could not be tried of mixed states.</summary>
    public ImmutableArray<TriedMix> Undecided { get; init; } = [];

    /// <summary>The parties that change, in the order of the new layout.</summary>
    public ImmutableArray<PartyChange> Changes { get; init; } = [];

    /// <summary>The parties that there were not.</summary>
    public ImmutableArray<string> NewParties { get; init; } = [];

    /// <summary>The parties that there are no more.</summary>
    public ImmutableArray<string> EndedParties { get; init; } = [];

    /// <summary>What becomes of the connections.</summary>
    public required SharedConnections Connections { get; init; }

    /// <summary>What comes before what, each pair of parties once in each direction.</summary>
    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    /// <summary>The parties that change, in waves; within one in any order. Empty where nothing is known.</summary>
    public ImmutableArray<ImmutableArray<string>> Waves { get; init; } = [];

    /// <summary>The parties for which there is no order.</summary>
    public ImmutableArray<NoOrder> NoOrder { get; init; } = [];

    /// <summary>How many handshakes were tried in mixed states.</summary>
    public int Mixed { get; init; }

    /// <summary>What came of it.</summary>
    public RolloutVerdict Verdict => this switch
    {
        { OldFailures.IsEmpty: false } or { NewFailures.IsEmpty: false } => RolloutVerdict.DoesNotHold,
        { NoOrder.IsEmpty: false } => RolloutVerdict.NoOrder,
        { Untried.IsEmpty: false } or { Undecided.IsEmpty: false } => RolloutVerdict.Undecided,
        _ => RolloutVerdict.Ordered,
    };

    /// <summary>The change of a party.</summary>
    public PartyChange Change(string party) => Changes.First(change => change.Party == party);
}

/// <summary>Which end of a connection is changed while the other is not yet.</summary>
internal enum MixedState
{
    /// <summary>The caller is.</summary>
    CallerFirst,

    /// <summary>The called is.</summary>
    CalledFirst,
}

/// <summary>A connection in a mixed state.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="State">Which end is changed.</param>
/// <param name="Result">How it ended.</param>
internal sealed record TriedMix(SharedConnection Connection, MixedState State, TrialResult Result);

/// <summary>That a party is to be changed before another, for a connection would otherwise not be as it is to be.</summary>
/// <param name="Before">The one that comes first.</param>
/// <param name="After">The other; the same where a group calls itself, and nothing helps.</param>
/// <param name="Broken">What is so in the other order.</param>
internal sealed record Constraint(string Before, string After, TriedMix Broken);

/// <summary>Parties for which there is no order.</summary>
/// <param name="Parties">All that come before themselves by way of each other.</param>
/// <param name="Constraints">A shortest way from one of them back to itself.</param>
internal sealed record NoOrder(ImmutableArray<string> Parties, ImmutableArray<Constraint> Constraints);

/// <summary>What came of asking for an order.</summary>
internal enum RolloutVerdict
{
    /// <summary>There is one; also where nothing changes.</summary>
    Ordered,

    /// <summary>There is none.</summary>
    NoOrder,

    /// <summary>One of the two layouts does not hold by itself.</summary>
    DoesNotHold,

    /// <summary>Something that matters could not be tried.</summary>
    Undecided,
}
