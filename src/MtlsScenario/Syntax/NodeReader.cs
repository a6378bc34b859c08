using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MtlsScenario.Syntax;

/// <summary>
/// Builds the nodes of a document from its events. Depth and expansion are bounded while reading: nothing is built first
/// and measured afterwards.
/// </summary>
internal sealed class NodeReader(EventReader events, FaultList faults)
{
    private const string MergeKey = "<<";
    private readonly Dictionary<string, SyntaxNode?> _anchors = new(StringComparer.Ordinal);
    private long _aliased;

    /// <summary>The node that the current event begins; null where reading cannot go on. Leaves the reader at its last event.</summary>
    public SyntaxNode? Read() => Read(depth: 1);

    private SyntaxNode? Read(int depth)
    {
        SourcePosition position = EventReader.PositionOf(events.Current.Start);
        if (events.Current is AnchorAlias alias)
        {
            return Resolve(alias.Value.Value, position);
        }

        if (depth > DocumentLimits.Depth && events.Current is not Scalar)
        {
            faults.Error(
                position,
                DiagnosticCodes.NestedTooDeep,
                $"mappings and lists are nested more than {DocumentLimits.Depth} deep here");
            return null;
        }

        if (events.Current is not NodeEvent start || events.Current is not (Scalar or SequenceStart or MappingStart))
        {
            // Of some malformed flow collections the parser reports an end that nothing began.
            events.Malformed();
            return null;
        }

        if (!start.Tag.IsEmpty && !IsStandard(start.Tag))
        {
            faults.Error(
                position,
                DiagnosticCodes.UnknownTag,
                $"{VisibleText.Quoted(start.Tag.ToString())} is a tag that a scenario has no use for",
                "leave it out");
        }

        // An alias inside of what its own anchor names finds null here.
        string? anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        SyntaxNode? node = start switch
        {
            Scalar scalar => new ScalarNode(position, scalar.Value, scalar.Style == ScalarStyle.Plain && !IsText(scalar.Tag)),
            SequenceStart => ReadSequence(position, depth),
            _ => ReadMapping(position, depth),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private SequenceNode? ReadSequence(SourcePosition position, int depth)
    {
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        while (events.Advance())
        {
            if (events.Current is SequenceEnd)
            {
                return new SequenceNode(position, items.ToImmutable());
            }

            if (Read(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return null;
    }

    private MappingNode? ReadMapping(SourcePosition position, int depth)
    {
        // The parser places the pair in [a, b: c] at the start of its line: such a mapping begins with its first key.
        bool isMisplaced = position < events.PreviousEnd;
        var entries = new MappingEntries(faults);
        while (events.Advance())
        {
            if (events.Current is MappingEnd)
            {
                return new MappingNode(position, entries.ToImmutable());
            }

            bool isMerge = events.Current is Scalar { Style: ScalarStyle.Plain, Value: MergeKey };
            if (Read(depth + 1) is not { } key || !events.Advance() || Read(depth + 1) is not { } value)
            {
                return null;
            }

            if (isMisplaced)
            {
                (position, isMisplaced) = (key.Position, false);
            }

            if (isMerge)
            {
                entries.Merge(value);
                _aliased += value.Weight;
                if (IsTooMuch(key.Position))
                {
                    return null;
                }
            }
            else
            {
                entries.Add(key, value);
            }
        }

        return null;
    }

    private SyntaxNode? Resolve(string name, SourcePosition position)
    {
        if (!_anchors.TryGetValue(name, out SyntaxNode? node))
        {
            faults.Error(
                position,
                DiagnosticCodes.UnknownAlias,
                $"there is no anchor {VisibleText.Quoted("&" + name)} before this alias",
                NearestName.Hint(name, _anchors.Keys));
            return new UnreadableNode(position);
        }

        if (node is null)
        {
            faults.Error(
                position, DiagnosticCodes.UnknownAlias, $"alias {VisibleText.Quoted("*" + name)} stands inside of what it names");
            return null;
        }

        _aliased += node.Weight;
        return IsTooMuch(position) ? null : node;
    }

    private bool IsTooMuch(SourcePosition position)
    {
        if (_aliased <= DocumentLimits.AliasedNodes)
        {
            return false;
        }

        faults.Error(
            position,
            DiagnosticCodes.AliasExpansion,
            $"the aliases up to here stand for more than {DocumentLimits.AliasedNodes} nodes");
        return true;
    }

    private static bool IsText(TagName tag) => !tag.IsEmpty && (tag.IsNonSpecific || tag.Value == "tag:yaml.org,2002:str");

    private static bool IsStandard(TagName tag) => tag.IsNonSpecific || tag.Value is
        "tag:yaml.org,2002:str" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool"
        or "tag:yaml.org,2002:null" or "tag:yaml.org,2002:seq" or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:timestamp";
}
