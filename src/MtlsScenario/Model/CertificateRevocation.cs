using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>The revocation of a certificate, as the scenario says it.</summary>
/// <param name="Reason">Why; null where nothing is said.</param>
/// <param name="At">Since when; null for the moment at which it gets on the CRL.</param>
/// <param name="Of">Which of a party's replicas; null for all of them.</param>
public sealed record CertificateRevocation(RevocationReason? Reason = null, TimePoint? At = null, ImmutableArray<int>? Of = null)
{
    /// <summary>Whether it speaks of that replica; of a certificate that there is once it always does.</summary>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    internal bool Covers(int? number) => number is not { } replica || Of is not { } some || some.Contains(replica);

    /// <summary>Whether it speaks of every one.</summary>
    internal bool CoversAll(int? replicas) => replicas is not { } count || Of is not { } some || some.Length == count;
}
