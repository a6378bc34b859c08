namespace MtlsScenario.Planning;

/// <summary>A step that waits for all certificates: once, or once for each member of a fleet.</summary>
/// <param name="Certificate">The certificate whose holder gets what is made.</param>
/// <param name="Step">What is done.</param>
internal sealed record FinalStep(PlannedCertificate Certificate, PlanStep Step)
{
    /// <summary>What is made, and of what, for one of them.</summary>
    /// <param name="number">Which one, or null.</param>
    public Derivation Derived(int? number) => new Derivation(Step).At(number);
}
