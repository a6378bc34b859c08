using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads a distinguished name: openssl's slash form, a mapping, or a list of mappings.</summary>
/// <param name="replicas">How many of its party there are; null where it has no replicas.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class SubjectReader(int? replicas, FaultList faults)
{
    private const string Expected = "a name such as /C=FI/O=Acme/CN=x, a mapping, or a list of mappings";

    private readonly AttributeReader _attributes = new(replicas, faults);

    /// <summary>The name; null where nothing of it could be read. Faults inside of it are reported all.</summary>
    public DistinguishedName? Read(Field field)
    {
        ImmutableArray<RelativeDistinguishedName>? names = field.Value switch
        {
            ScalarNode { IsNull: false } => ReadText(field),
            MappingNode mapping => [.. mapping.Entries.Select(entry => ReadEntries([entry])).OfType<RelativeDistinguishedName>()],
            SequenceNode list => [.. list.Items.Select(ReadItem).OfType<RelativeDistinguishedName>()],
            _ => null,
        };
        if (names is null)
        {
            field.WrongType(faults, Expected);
            return null;
        }

        if (field.Value is MappingNode { Entries: [] } or SequenceNode { Items: [] })
        {
            Empty(field.Position);
        }

        return new DistinguishedName(names.Value);
    }

    private RelativeDistinguishedName? ReadItem(SyntaxNode item)
    {
        if (new Field("subject", item, IsItem: true).Mapping(faults, "a mapping of attributes to values") is not { } mapping)
        {
            return null;
        }

        if (mapping.Entries.IsEmpty)
        {
            Empty(item.Position);
            return null;
        }

        return ReadEntries(mapping.Entries);
    }

    private RelativeDistinguishedName? ReadEntries(ImmutableArray<MappingEntry> entries)
    {
        var attributes = ImmutableArray.CreateBuilder<AttributeTypeAndValue>();
        foreach (MappingEntry entry in entries)
        {
            string type = entry.Key.Value;
            if (new Field(VisibleText.Of(type), entry.Value).Text(faults, "a text") is { } value
                && _attributes.Read(type, value, entry.Key.Position, entry.Value.Position) is { } attribute)
            {
                attributes.Add(attribute);
            }
        }

        return attributes.Count == 0 ? null : new RelativeDistinguishedName(attributes.ToImmutable());
    }

    private ImmutableArray<RelativeDistinguishedName>? ReadText(Field field)
    {
        string text = ((ScalarNode)field.Value).Value;
        if (text is "" or "/")
        {
            Empty(field.Position);
            return [];
        }

        if (text[0] != '/')
        {
            faults.Error(
                field.Position,
                DiagnosticCodes.InvalidSubject,
                $"{VisibleText.Quoted(text)} does not begin with \"/\"",
                text.Contains('=', StringComparison.Ordinal) ? "write it as /C=FI/O=Acme/CN=x" : $"a common name is written {VisibleText.Quoted("/CN=" + text)}");
            return [];
        }

        SubjectSyntax form = SubjectSyntax.Split(text);
        if (form.Problem is { } problem)
        {
            faults.Error(field.Position, DiagnosticCodes.InvalidSubject, $"{VisibleText.Quoted(text)}: {problem}", form.Hint);
        }

        var names = ImmutableArray.CreateBuilder<RelativeDistinguishedName>();
        foreach (ImmutableArray<(string Type, string Value)> part in form.Names)
        {
            ImmutableArray<AttributeTypeAndValue> attributes =
                [.. part.Select(pair => _attributes.Read(pair.Type, pair.Value, field.Position, field.Position)).OfType<AttributeTypeAndValue>()];
            if (!attributes.IsEmpty)
            {
                names.Add(new RelativeDistinguishedName(attributes));
            }
        }

        return names.ToImmutable();
    }

    private void Empty(SourcePosition position) =>
        faults.Error(position, DiagnosticCodes.EmptySubject, "the subject is empty", "name it, for example /CN=x");
}
