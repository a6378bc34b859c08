using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>
/// Makes the nodes of a document that nobody wrote, and remembers of each which keys lead to it: that is where a fault of a
/// scenario that was built in code is reported.
/// </summary>
internal sealed class BuiltSyntax
{
    private readonly List<string> _paths = [];

    /// <summary>The keys that lead to a node.</summary>
    public string PathOf(SourcePosition position) => _paths[position.Line - 1];

    /// <summary>A text; nothing where it is null.</summary>
    public ScalarNode Text(string path, string? value) => new(At(path), value ?? "", IsPlain: value is null);

    /// <summary>A truth value.</summary>
    public ScalarNode Truth(string path, bool value) => new(At(path), value ? "true" : "false", IsPlain: true);

    /// <summary>A mapping; entries that are null are not written.</summary>
    public MappingNode Mapping(string path, params IEnumerable<MappingEntry?> entries)
    {
        SourcePosition position = At(path);
        return new MappingNode(position, [.. entries.OfType<MappingEntry>()]);
    }

    /// <summary>An entry of a mapping.</summary>
    /// <param name="path">The keys that lead to the mapping; empty for the document.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">Makes the value, given the keys that lead to it.</param>
    public MappingEntry Entry(string path, string? key, Func<string, SyntaxNode> value)
    {
        string name = key ?? "";
        string inner = path.Length == 0 ? name : $"{path}.{name}";
        return new MappingEntry(new ScalarNode(At(inner), name, IsPlain: false), value(inner));
    }

    /// <summary>A list; nothing, which is no list, where the array was never made.</summary>
    public SyntaxNode List<T>(string path, ImmutableArray<T> items, Func<string, T, SyntaxNode> item) => items.IsDefault
        ? Text(path, null)
        : new SequenceNode(At(path), [.. items.Select((value, index) => item($"{path}[{index}]", value))]);

    private SourcePosition At(string path)
    {
        _paths.Add(path);
        return new SourcePosition(_paths.Count, 1);
    }
}
