using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>A list.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Items">Its items, in order.</param>
internal sealed record SequenceNode(SourcePosition Position, ImmutableArray<SyntaxNode> Items) : SyntaxNode(Position)
{
    public override long Weight { get; } = 1 + Items.Sum(item => item.Weight);
}
