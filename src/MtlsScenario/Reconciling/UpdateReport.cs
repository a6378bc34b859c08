using System.Collections.Immutable;

namespace MtlsScenario.Reconciling;

/// <summary>What an update did that its plan could not say beforehand.</summary>
/// <param name="PutAside">The keys that were replaced: where each was, and where it is kept now, relative to the folder.</param>
internal sealed record UpdateReport(ImmutableArray<(string Key, string Kept)> PutAside);
