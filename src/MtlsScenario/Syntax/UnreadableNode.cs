using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>Stands where a fault was found already, so that nobody reports a second one there.</summary>
internal sealed record UnreadableNode(SourcePosition Position) : SyntaxNode(Position)
{
    public override long Weight => 1;
}
