using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Scripting;

/// <summary>A step that stands in a script.</summary>
/// <param name="Step">What is done.</param>
/// <param name="Certificate">The certificate that it is done for.</param>
/// <param name="Replicas">That it is done N times; null for once.</param>
/// <param name="Numbers">For which replicas; empty for all of them.</param>
internal sealed record ScriptStep(
    PlanStep Step, PlannedCertificate Certificate, Replication? Replicas, ImmutableArray<int> Numbers)
{
    /// <summary>Whether it stands in the same loop as another.</summary>
    public bool IsInLoopWith(ScriptStep other) =>
        Replicas is not null
        && other.Replicas is not null
        && string.Equals(Certificate.Stem, other.Certificate.Stem, StringComparison.Ordinal);
}
