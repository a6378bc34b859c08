using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>A chain, an anchors file or a copy that is written, and why.</summary>
/// <param name="Step">The step that makes it.</param>
/// <param name="Reason">Why.</param>
internal sealed record FileChange(PlanStep Step, Reason Reason);
