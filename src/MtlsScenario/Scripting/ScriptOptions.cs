using System.Collections.Immutable;

namespace MtlsScenario.Scripting;

/// <summary>Which part of a plan a script does. Without either property it does the whole of it.</summary>
internal sealed record ScriptOptions
{
    /// <summary>
    /// The party or the third-party authority that runs it: its steps alone, and where it needs what another has to hand
    /// over, the script stops with exit code 3.
    /// </summary>
    public string? For { get; init; }

    /// <summary>What is needed to make the bytes that come of a seed; null where keys are drawn.</summary>
    public SeededScript? Seeded { get; init; }

    /// <summary>
    /// The certificates that are made, and nothing else: no chains, no anchors, no copies for others. By stem, with the
    /// numbers of the replicas, which are empty where there are none. Issuers that are not among them must be there.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>>? Only { get; init; }

    /// <summary>Whether it is to be read, and runs once with all that is provided.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Those of <see cref="Only"/> of which no more than the key and the request are made: others sign them.</summary>
    public ImmutableHashSet<string> Unsigned { get; init; } = [];
}
