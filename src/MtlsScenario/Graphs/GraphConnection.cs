using System.Collections.Immutable;

namespace MtlsScenario.Graphs;

/// <summary>A connection as it is drawn. All text is safe to print.</summary>
/// <param name="Client">The stem of the caller's certificate.</param>
/// <param name="Server">The stem of the called's.</param>
/// <param name="Ends">Who calls whom: <c>amy → bob</c>.</param>
/// <param name="IsRejected">Whether it must be rejected.</param>
/// <param name="Expectation">What is expected: <c>accepted</c>, <c>rejected by server: not-admitted</c>.</param>
internal sealed record GraphConnection(
    string Client, string Server, string Ends, bool IsRejected, string Expectation)
{
    /// <summary>Under which conditions it takes place; none for the usual ones.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>The expectation with its sign, so that it is told apart without colour.</summary>
    public string Marked => $"{(IsRejected ? '✗' : '✓')} {Expectation}";
}
