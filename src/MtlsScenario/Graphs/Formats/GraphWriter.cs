using System.Diagnostics;
using MtlsScenario.Graphs.Drawing;

namespace MtlsScenario.Graphs.Formats;

/// <summary>Writes a graph in any of the formats.</summary>
internal static class GraphWriter
{
    /// <summary>The drawing, ending in a newline.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="format">The format.</param>
    /// <param name="columns">How many columns a line may have, where the format is for a terminal.</param>
    public static string Write(ScenarioGraph graph, GraphFormat format, int columns = TreeWriter.DefaultColumns) => format switch
    {
        GraphFormat.Tree => TreeWriter.Write(graph, columns),
        GraphFormat.Mermaid => MermaidWriter.Write(graph),
        GraphFormat.Dot => DotWriter.Write(graph),
        GraphFormat.Svg => SvgWriter.WriteFile(DiagramBuilder.Build(graph)),
        _ => throw new UnreachableException(),
    };
}
