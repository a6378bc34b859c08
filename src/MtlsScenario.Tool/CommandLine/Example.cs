namespace MtlsScenario.Tool.CommandLine;

/// <summary>A command line that a reader of the help can copy.</summary>
/// <param name="Arguments">What follows <c>mtls-scenario</c>.</param>
/// <param name="Meaning">What it does, in a few words.</param>
internal sealed record Example(string Arguments, string Meaning);
