using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>The end that must reject a connection, as the scenario says it.</summary>
/// <param name="Side">The end; null for either.</param>
internal readonly record struct RejectingEnd(Side? Side);
