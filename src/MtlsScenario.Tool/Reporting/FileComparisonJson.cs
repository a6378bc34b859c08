using System.Collections.Immutable;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A file of the comparison.</summary>
/// <param name="File">Relative to the folder.</param>
/// <param name="Equality"><c>byteForByte</c>, <c>toBeSigned</c> or <c>different</c>.</param>
/// <param name="Drawn">What the script drew and the comparison took over: <c>serial</c>, <c>dates</c>.</param>
/// <param name="Differences">What differs.</param>
internal sealed record FileComparisonJson(
    string File, string Equality, ImmutableArray<string> Drawn, ImmutableArray<FieldDifferenceJson> Differences);
