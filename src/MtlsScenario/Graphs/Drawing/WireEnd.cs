namespace MtlsScenario.Graphs.Drawing;

/// <summary>An end of a line at a port.</summary>
/// <param name="Port">Where.</param>
/// <param name="Mark">What is drawn there.</param>
internal sealed record WireEnd(Port Port, WireMark Mark = WireMark.None);
