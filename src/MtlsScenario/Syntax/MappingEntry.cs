namespace MtlsScenario.Syntax;

/// <summary>A key and its value.</summary>
internal sealed record MappingEntry(ScalarNode Key, SyntaxNode Value);
