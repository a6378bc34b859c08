namespace MtlsScenario.Graphs.Drawing;

/// <summary>What is drawn at the end of a line.</summary>
internal enum WireMark
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An arrow's head: this is where it leads.</summary>
    Arrow,

    /// <summary>A cross: this is where it must not get through.</summary>
    Cross,
}
