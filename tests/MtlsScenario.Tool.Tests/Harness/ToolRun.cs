namespace MtlsScenario.Tool.Tests;

/// <summary>What one run of the tool gave.</summary>
/// <param name="ExitCode">What it exited with.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record ToolRun(int ExitCode, string Output, string Error);
