namespace MtlsScenario.Graphs.Drawing;

/// <summary>How text looks.</summary>
internal enum TextStyle
{
    /// <summary>As most.</summary>
    Normal,

    /// <summary>A name: bold.</summary>
    Strong,

    /// <summary>What explains: paler.</summary>
    Quiet,
}
