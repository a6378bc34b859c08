using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>Who must reject, as a scenario says it.</summary>
/// <param name="Side">The end; null for either.</param>
internal readonly record struct RejectingEnd(Side? Side);
