using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>A step that waits for all certificates, and the fleet that it is part of.</summary>
/// <param name="Stem">The stem of the certificate that it belongs to.</param>
/// <param name="Replicas">That it is done N times; null for once.</param>
/// <param name="Step">What is done.</param>
internal sealed record FinalStep(string Stem, Replication? Replicas, PlanStep Step);
