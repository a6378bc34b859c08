using System.Collections.Immutable;

namespace MtlsScenario.Graphs;

/// <summary>A numbered step of making the layout, as the article numbers them.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Stem">The certificate that it belongs to.</param>
/// <param name="Actor">Who acts, and in what capacity: <c>bob, server side</c>, <c>ca, on behalf of bob</c>.</param>
/// <param name="Action">What is done.</param>
/// <param name="HandsOver">What is handed over after it, and to whom, a sentence part each.</param>
internal sealed record GraphStep(int Number, string Stem, string Actor, string Action, ImmutableArray<string> HandsOver)
{
    /// <summary>The whole on one line: <c>[bob, server side] generates …; hands … to ca</c>.</summary>
    public string Text => string.Join("; ", [$"[{Actor}] {Action}", .. HandsOver]);
}
