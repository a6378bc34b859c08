namespace MtlsScenario.Diagnostics;

/// <summary>One fault of a scenario: what is wrong, where, and what would be right.</summary>
/// <param name="Source">
/// The file as the user named it; <c>-</c> for standard input. Of a scenario that was built in code, the keys that lead to the
/// value: <c>parties.bob.server.names[0]</c>.
/// </param>
/// <param name="Position">Where the fault is in the file; the default value of a scenario that was built in code.</param>
/// <param name="Severity">Whether the scenario can be used all the same.</param>
/// <param name="Code">A stable identifier in kebab case, such as <c>unknown-key</c>.</param>
/// <param name="Message">What is wrong, one sentence without a full stop, the value quoted. Control characters are escaped.</param>
/// <param name="Hint">What would be right, or null.</param>
public sealed record Diagnostic(
    string Source,
    SourcePosition Position,
    DiagnosticSeverity Severity,
    string Code,
    string Message,
    string? Hint = null)
{
    /// <summary>
    /// <c>FILE:LINE:COLUMN: error CODE: what is wrong</c>, and on a second line the hint; without line and column where there
    /// are none.
    /// </summary>
    public override string ToString() => ToString(static severity => severity);

    /// <summary><c>error</c> or <c>warning</c>.</summary>
    internal string SeverityText => Severity == DiagnosticSeverity.Error ? "error" : "warning";

    /// <summary>The same, the severity in a style.</summary>
    internal string ToString(Func<string, string> styled)
    {
        string place = Position == default ? "" : $":{Position.Line}:{Position.Column}";
        string line = $"{VisibleText.Of(Source)}{place}: {styled(SeverityText)} {Code}: {Message}";
        return Hint is null ? line : $"{line}\n  hint: {Hint}";
    }
}
