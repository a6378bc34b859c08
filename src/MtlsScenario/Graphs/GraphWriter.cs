using System.Diagnostics;
using MtlsScenario.Graphs.Drawing;

namespace MtlsScenario.Graphs;

/// <summary>Writes a graph in any of the formats.</summary>
internal static class GraphWriter
{
    /// <summary>The drawing, ending in a newline.</summary>
    public static string Write(ScenarioGraph graph, GraphFormat format) => format switch
    {
        GraphFormat.Tree => TreeWriter.Write(graph),
        GraphFormat.Mermaid => MermaidWriter.Write(graph),
        GraphFormat.Dot => DotWriter.Write(graph),
        GraphFormat.Svg => SvgWriter.WriteFile(DiagramBuilder.Build(graph)),
        _ => throw new UnreachableException(),
    };
}
