namespace MtlsScenario.Tool.Peers;

/// <summary>A program that is there.</summary>
/// <param name="Path">Where.</param>
/// <param name="Version">What it says of its version, one line.</param>
internal sealed record InstalledProgram(string Path, string Version);
