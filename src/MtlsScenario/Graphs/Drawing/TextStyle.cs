namespace MtlsScenario.Graphs.Drawing;

/// <summary>How text looks.</summary>
internal enum TextStyle
{
    /// <summary>Text of the usual weight and colour.</summary>
    Normal,

    /// <summary>The name of something, in bold.</summary>
    Strong,

    /// <summary>An explanation, in a paler colour.</summary>
    Quiet,
}
