using System.Collections.Immutable;

namespace MtlsScenario.Reconciling;

/// <summary>A change of a party's trust anchors, as far as its files tell.</summary>
/// <param name="Holder">The party.</param>
/// <param name="Anchors">The stems of the authorities that it trusts from now on.</param>
/// <param name="Added">The stems of those that it did not trust before.</param>
/// <param name="Removed">What it trusted before and no longer does: stems or, of what the scenario does not know, subjects.</param>
internal sealed record TrustChange(
    string Holder, ImmutableArray<string> Anchors, ImmutableArray<string> Added, ImmutableArray<string> Removed)
{
    /// <summary>The change as <c>bob trusts + other, - ca</c>; where it cannot be told what is new, whom it trusts.</summary>
    public override string ToString() => Added.IsEmpty && Removed.IsEmpty
        ? $"{Holder} trusts {string.Join(", ", Anchors)}"
        : $"{Holder} trusts {string.Join(", ", [.. Added.Select(stem => $"+ {stem}"), .. Removed.Select(name => $"- {name}")])}";
}
