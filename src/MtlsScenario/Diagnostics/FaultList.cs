using System.Collections.Immutable;

namespace MtlsScenario.Diagnostics;

/// <summary>Collects what is wrong with one file.</summary>
/// <param name="source">The file as the user named it.</param>
internal sealed class FaultList(string source)
{
    private readonly List<Diagnostic> _found = [];

    /// <summary>How many errors there are so far: where it has grown, what was read in between has one.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Whether one of them is an error.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>Adds an error.</summary>
    public void Error(SourcePosition position, string code, string message, string? hint = null)
    {
        ErrorCount++;
        _found.Add(new Diagnostic(source, position, DiagnosticSeverity.Error, code, message, hint));
    }

    /// <summary>Adds a warning.</summary>
    public void Warning(SourcePosition position, string code, string message, string? hint = null) =>
        _found.Add(new Diagnostic(source, position, DiagnosticSeverity.Warning, code, message, hint));

    /// <summary>All of them in document order; what an aliased node has wrong stands once, however often it is used.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => [.. _found.Distinct().OrderBy(fault => fault.Position)];
}
