using MtlsScenario.Diagnostics;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>A key of the scenario format and what is written there: the whole value, or an item of its list.</summary>
/// <param name="Key">The key, by which messages name it.</param>
/// <param name="Value">The value.</param>
/// <param name="IsItem">Whether it is an item of the list at that key.</param>
internal readonly record struct Field(string Key, SyntaxNode Value, bool IsItem = false)
{
    /// <summary>Where the value is.</summary>
    public SourcePosition Position => Value.Position;

    /// <summary>The value as text; null, and a fault, where it is none.</summary>
    /// <param name="faults">Where the fault goes.</param>
    /// <param name="expected">What it is to be, such as <c>a duration such as 90d</c>.</param>
    public string? Text(FaultList faults, string expected)
    {
        if (Value is ScalarNode { IsNull: false } scalar)
        {
            return scalar.Value;
        }

        WrongType(faults, expected);
        return null;
    }

    /// <summary>The items of a list; null, and a fault, where it is none.</summary>
    public IEnumerable<Field>? Items(FaultList faults, string expected)
    {
        if (Value is SequenceNode list)
        {
            string key = Key;
            return list.Items.Select(item => new Field(key, item, IsItem: true));
        }

        WrongType(faults, expected);
        return null;
    }

    /// <summary>The entries of a mapping; null, and a fault, where it is none.</summary>
    public MappingNode? Mapping(FaultList faults, string expected)
    {
        if (Value is MappingNode mapping)
        {
            return mapping;
        }

        WrongType(faults, expected);
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>; null, and a fault, where it is neither.</summary>
    public bool? Boolean(FaultList faults)
    {
        if (Value is ScalarNode { AsBoolean: { } truth })
        {
            return truth;
        }

        WrongType(faults, "true or false");
        return null;
    }

    /// <summary>Reports that the value is of another kind; nothing where it was reported already.</summary>
    public void WrongType(FaultList faults, string expected)
    {
        if (Value is not UnreadableNode)
        {
            faults.Error(Position, DiagnosticCodes.WrongType, $"{(IsItem ? "an item of " : "")}{Key} is {expected}, not {Describe(Value)}");
        }
    }

    private static string Describe(SyntaxNode value) => value switch
    {
        ScalarNode { IsNull: true } => "nothing",
        ScalarNode scalar => VisibleText.Quoted(scalar.Value),
        SequenceNode => "a list",
        _ => "a mapping",
    };
}
