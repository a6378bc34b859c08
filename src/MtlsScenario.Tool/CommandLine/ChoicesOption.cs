using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An option that may be said several times, each time with one of fixed words, each standing for a value.</summary>
internal sealed class ChoicesOption<T>(CommandOption option, ImmutableArray<(string Word, T Value)> choices)
{
    /// <summary>What was chosen, in the order of the command line.</summary>
    public ImmutableArray<T> Values =>
        [.. option.Values.Select(word => choices.First(choice => string.Equals(choice.Word, word, StringComparison.Ordinal)).Value)];
}
