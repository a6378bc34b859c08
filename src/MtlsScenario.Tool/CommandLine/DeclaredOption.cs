using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An option, and what is known of its value.</summary>
/// <param name="Option">The option.</param>
/// <param name="Completion">What a shell can offer for its value.</param>
/// <param name="Check">What is wrong with a value, as "an integer from 1 to 9 is expected", or null.</param>
/// <param name="IsOutput">Whether its value is a file that is written, in place of what was there.</param>
internal sealed record DeclaredOption(
    CommandOption Option, Completion Completion, Func<string, string?> Check, bool IsOutput = false);

/// <summary>An argument, and what is known of its value.</summary>
/// <param name="Argument">The argument.</param>
/// <param name="Completion">What a shell can offer for it.</param>
/// <param name="Required">Whether it must be there, at least once.</param>
/// <param name="Check">What is wrong with a value, as "bash or zsh is expected", or null.</param>
internal sealed record DeclaredArgument(
    CommandArgument Argument, Completion Completion, bool Required, Func<string, string?> Check);
