namespace MtlsScenario.Graphs.Drawing;

/// <summary>An end of a wire in its place.</summary>
/// <param name="X">How far it reaches.</param>
/// <param name="Y">Its height.</param>
/// <param name="Mark">What is drawn there.</param>
internal readonly record struct WireTip(int X, int Y, WireMark Mark);
