using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An argument, and what is known of its value.</summary>
/// <param name="Argument">The argument.</param>
/// <param name="Completion">What a shell can offer for it.</param>
/// <param name="Required">Whether it must be there, at least once.</param>
/// <param name="Check">What is wrong with a value, as "bash or zsh is expected", or null.</param>
internal sealed record DeclaredArgument(
    CommandArgument Argument, Completion Completion, bool Required, Func<string, string?> Check);
