namespace MtlsScenario.Graphs.Formats;

/// <summary>The ways in which a scenario is drawn.</summary>
internal enum GraphFormat
{
    /// <summary>Text for a terminal.</summary>
    Tree,

    /// <summary>A Mermaid flowchart.</summary>
    Mermaid,

    /// <summary>The language of Graphviz.</summary>
    Dot,

    /// <summary>A picture that needs nothing else.</summary>
    Svg,
}
