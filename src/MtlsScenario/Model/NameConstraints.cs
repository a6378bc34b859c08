using System.Collections.Immutable;

namespace MtlsScenario.Model;

/// <summary>The names that certificates below an authority may have (RFC 5280 section 4.2.1.10).</summary>
/// <param name="Permitted">The subtrees that are permitted; a kind without one is unconstrained.</param>
/// <param name="Excluded">The subtrees that are not.</param>
public sealed record NameConstraints(ImmutableArray<GeneralSubtree> Permitted, ImmutableArray<GeneralSubtree> Excluded);

/// <summary>A part of a name space.</summary>
/// <param name="Kind">Of which kind of name.</param>
/// <param name="Base">
/// The base: a DNS name, an e-mail address, host or <c>.domain</c>, a URI's host or <c>.domain</c>, or an IP range in
/// CIDR form (<c>10.0.0.0/8</c>).
/// </param>
public sealed record GeneralSubtree(GeneralNameKind Kind, string Base)
{
    /// <summary>The typed form, such as <c>ip:10.0.0.0/8</c>.</summary>
    public override string ToString() => $"{GeneralName.Prefix(Kind)}:{Base}";
}
