using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>The names that certificates below an authority may have (RFC 5280 section 4.2.1.10).</summary>
/// <param name="Permitted">The subtrees that are permitted; a kind without one is unconstrained.</param>
/// <param name="Excluded">The subtrees that are not.</param>
public sealed record NameConstraints(ImmutableArray<GeneralSubtree> Permitted, ImmutableArray<GeneralSubtree> Excluded);
