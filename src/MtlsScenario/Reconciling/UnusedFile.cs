using System.Collections.Immutable;

namespace MtlsScenario.Reconciling;

/// <summary>A file that an earlier scenario made and this one has no use for, while programs may still be pointed at it.</summary>
/// <param name="Path">Relative to the folder.</param>
/// <param name="Stem">The certificate that it belonged to, the number filled in.</param>
/// <param name="Holds">Whose certificates are in it: stems of authorities or, of what the scenario does not know, subjects.</param>
/// <param name="Trust">What is no longer trusted and the file still holds; null for nothing.</param>
/// <param name="Message">A sentence on it.</param>
internal sealed record UnusedFile(string Path, string Stem, ImmutableArray<string> Holds, TrustChange? Trust, string Message);
