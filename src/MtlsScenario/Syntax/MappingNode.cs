using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>A mapping whose keys are distinct texts, merge keys (<c>&lt;&lt;</c>) resolved.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Entries">Its own entries in the order of the file, then what was merged in.</param>
internal sealed record MappingNode(SourcePosition Position, ImmutableArray<MappingEntry> Entries) : SyntaxNode(Position)
{
    public override long Weight { get; } = 1 + Entries.Sum(entry => 1 + entry.Value.Weight);

    /// <summary>The entry with that key, or null.</summary>
    public MappingEntry? Find(string key) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Key.Value, key, StringComparison.Ordinal));
}

/// <summary>A key and its value.</summary>
internal sealed record MappingEntry(ScalarNode Key, SyntaxNode Value);
