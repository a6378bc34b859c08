using System.Collections.Immutable;
using MtlsScenario.Binding;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What is wrong with scenario files, for programs.</summary>
/// <param name="Files">The files, in the order of the command line.</param>
internal sealed record ValidationJson(ImmutableArray<ValidationJson.FileJson> Files)
{
    /// <summary>The form of what reading them gave.</summary>
    public static ValidationJson Of(IEnumerable<(string File, ScenarioReadResult Result)> results) => new(
        [.. results.Select(pair => new FileJson(
            pair.File, pair.Result.Scenario is not null, [.. pair.Result.Diagnostics.Select(Of)]))]);

    private static DiagnosticJson Of(Diagnostic diagnostic) => new(
        diagnostic.Position.Line,
        diagnostic.Position.Column,
        diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        diagnostic.Code,
        diagnostic.Message,
        diagnostic.Hint);

    /// <summary>One file.</summary>
    /// <param name="File">As it was named.</param>
    /// <param name="Valid">Whether it can be used.</param>
    /// <param name="Diagnostics">What is wrong with it, in document order.</param>
    internal sealed record FileJson(string File, bool Valid, ImmutableArray<DiagnosticJson> Diagnostics);

    /// <summary>One fault or warning.</summary>
    /// <param name="Line">From 1.</param>
    /// <param name="Column">From 1, in UTF-16 code units.</param>
    /// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
    /// <param name="Code">Its stable code.</param>
    /// <param name="Message">What is wrong.</param>
    /// <param name="Hint">What would be right, or null.</param>
    internal sealed record DiagnosticJson(int Line, int Column, string Severity, string Code, string Message, string? Hint);
}
