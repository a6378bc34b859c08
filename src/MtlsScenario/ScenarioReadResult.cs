using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario;

/// <summary>What came of reading a scenario file.</summary>
/// <param name="Scenario">The scenario; null if and only if one of the diagnostics is an error.</param>
/// <param name="Diagnostics">Every fault and warning, in document order.</param>
public sealed record ScenarioReadResult(Scenario? Scenario, ImmutableArray<Diagnostic> Diagnostics);
