using MtlsScenario.Diagnostics;

namespace MtlsScenario.Syntax;

/// <summary>A text, which is also how numbers, dates and truth values are written.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Value">The text, quotes and escapes resolved.</param>
/// <param name="IsPlain">Whether it is written without quotes, so that <c>true</c> and <c>null</c> can be more than text.</param>
internal sealed record ScalarNode(SourcePosition Position, string Value, bool IsPlain) : SyntaxNode(Position)
{
    public override long Weight => 1;

    /// <summary>Whether nothing is written: <c>key:</c>, <c>key: ~</c> or <c>key: null</c> (YAML 1.2, core schema).</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The truth value that a plain <c>true</c> or <c>false</c> is; otherwise null.</summary>
    public bool? AsBoolean => !IsPlain ? null : Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };
}
