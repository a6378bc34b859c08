using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>Collects the entries of a mapping: keys are texts, stand once, and win over what is merged in.</summary>
internal sealed class MappingEntries(FaultList faults)
{
    private readonly Dictionary<string, MappingEntry> _own = new(StringComparer.Ordinal);
    private readonly List<MappingEntry> _entries = [];
    private readonly List<MappingNode> _merged = [];

    /// <summary>Adds an entry that is written here.</summary>
    public void Add(SyntaxNode key, SyntaxNode value)
    {
        if (key is not ScalarNode scalar)
        {
            faults.Error(key.Position, DiagnosticCodes.WrongType, "a key is a text, not a mapping or a list");
            return;
        }

        var entry = new MappingEntry(scalar, value);
        if (_own.TryGetValue(scalar.Value, out MappingEntry? first))
        {
            faults.Error(
                scalar.Position,
                DiagnosticCodes.DuplicateKey,
                $"{VisibleText.Quoted(scalar.Value)} is here twice, first on line {first.Key.Position.Line}");
            return;
        }

        _own.Add(scalar.Value, entry);
        _entries.Add(entry);
    }

    /// <summary>Adds the value of a merge key: a mapping, or a list of them of which the earlier win.</summary>
    public void Merge(SyntaxNode value)
    {
        foreach (SyntaxNode part in value is SequenceNode list ? list.Items : [value])
        {
            if (part is MappingNode mapping)
            {
                _merged.Add(mapping);
            }
            else
            {
                faults.Error(part.Position, DiagnosticCodes.WrongType, "what is merged in with \"<<\" is a mapping or a list of mappings");
            }
        }
    }

    /// <summary>The entries written here, and after them the merged ones that none of them overrides.</summary>
    public ImmutableArray<MappingEntry> ToImmutable()
    {
        var keys = new HashSet<string>(_own.Keys, StringComparer.Ordinal);
        return [.. _entries, .. _merged.SelectMany(mapping => mapping.Entries).Where(entry => keys.Add(entry.Key.Value))];
    }
}
