using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An option whose value is one of fixed words, each standing for a value.</summary>
internal sealed class ChoiceOption<T>(CommandOption option, ImmutableArray<(string Word, T Value)> choices)
{
    /// <summary>Whether the option was said.</summary>
    public bool HasValue => option.HasValue();

    /// <summary>What was chosen, or <paramref name="fallback"/>.</summary>
    public T Or(T fallback) =>
        HasValue ? choices.First(choice => string.Equals(choice.Word, option.Value(), StringComparison.Ordinal)).Value : fallback;
}
