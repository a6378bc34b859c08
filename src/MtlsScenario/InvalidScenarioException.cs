using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario;

/// <summary>A scenario has faults. The message lists all of them, one a line, with their places.</summary>
/// <param name="diagnostics">The faults and warnings, in document order.</param>
#pragma warning disable CA1032 // Without the faults it would say nothing.
public sealed class InvalidScenarioException(ImmutableArray<Diagnostic> diagnostics)
#pragma warning restore CA1032
    : Exception(string.Join('\n', diagnostics))
{
    /// <summary>The faults and warnings, in document order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
