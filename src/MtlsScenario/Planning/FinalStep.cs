using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>A step that waits for all certificates: once, or once for each member of a fleet.</summary>
/// <param name="Stem">The stem of the certificate whose holder gets what is made.</param>
/// <param name="Replicas">That it is done N times; null for once.</param>
/// <param name="Step">What is done.</param>
internal sealed record FinalStep(string Stem, Replication? Replicas, PlanStep Step)
{
    /// <summary>What is made, and of what, by each member of the fleet.</summary>
    public IEnumerable<Derivation> Derivations => Replication.Numbers(Replicas).Select(Derived);

    /// <summary>What is made, and of what, for one of them.</summary>
    /// <param name="number">Which one, or null.</param>
    public Derivation Derived(int? number) => new Derivation(Step).At(number);
}
