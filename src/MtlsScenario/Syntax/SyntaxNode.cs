using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>A part of a document, aliases resolved: an aliased node stands in several places and is one object.</summary>
/// <param name="Position">Where it is written; of an aliased node, where its anchor is.</param>
internal abstract record SyntaxNode(SourcePosition Position)
{
    /// <summary>How many nodes a walk over it meets, aliases followed.</summary>
    public abstract long Weight { get; }
}
