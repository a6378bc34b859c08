using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Seeding;

namespace MtlsScenario.Reconciling;

/// <summary>What is asked for beyond keeping in step.</summary>
/// <param name="Renew">New certificates, same keys.</param>
/// <param name="NewKeys">The stems whose keys are replaced.</param>
/// <param name="AllNewKeys">Whether all keys are.</param>
internal sealed record ReconciliationOptions(
    bool Renew = false, ImmutableArray<string> NewKeys = default, bool AllNewKeys = false)
{
    /// <summary>The passwords of stores and encrypted keys; with none, formats are not compared.</summary>
    public StorePasswords? Passwords { get; init; }

    /// <summary>From which keys, serial numbers and salts come; null to draw them.</summary>
    public KeySeed? Seed { get; init; }

    /// <summary>Of a fleet with more replicas only the first, the middle and the last are compared.</summary>
    public int LargestFleet { get; init; } = int.MaxValue;

    /// <summary>The numbers of further replicas of such fleets that are compared all the same.</summary>
    public ImmutableArray<int> Replicas { get; init; } = [];

    /// <summary>The replicas of a fleet that are compared.</summary>
    public IEnumerable<int> Compared(Replication fleet) => fleet.Count <= LargestFleet
        ? Enumerable.Range(1, fleet.Count)
        : fleet.Sample.Union(Replicas.Where(number => number <= fleet.Count)).Order();

    /// <summary>The number of the user who called sudo, for whom root works; null where nobody did.</summary>
    public uint? InvokingUser { get; init; }

    /// <summary>Whether the key with this stem is to be replaced; a fleet is named by its stem or by one of its replicas'.</summary>
    public bool IsNamed(string stem, string concreteStem) =>
        AllNewKeys
        || (!NewKeys.IsDefault
            && (NewKeys.Contains(stem, StringComparer.Ordinal) || NewKeys.Contains(concreteStem, StringComparer.Ordinal)));
}
