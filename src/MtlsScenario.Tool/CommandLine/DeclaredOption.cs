using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An option, and what is known of its value.</summary>
/// <param name="Option">The option.</param>
/// <param name="Completion">What a shell can offer for its value.</param>
/// <param name="Check">What is wrong with a value, as "an integer from 1 to 9 is expected", or null.</param>
/// <param name="IsOutput">Whether its value is a file that is written, in place of what was there.</param>
internal sealed record DeclaredOption(
    CommandOption Option, Completion Completion, Func<string, string?> Check, bool IsOutput = false);
