using System.Collections.Immutable;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Trials;

/// <summary>The stacks that are to play every connection.</summary>
/// <param name="Choices">The stacks, each with what takes its place where it cannot play.</param>
/// <param name="NotInstalled">The names of those that would have played, had they been installed.</param>
/// <param name="Versions">What each program that plays says of its version, by its name.</param>
internal sealed record StackSelection(
    ImmutableArray<StackChoice> Choices, ImmutableArray<string> NotInstalled, ImmutableSortedDictionary<string, string> Versions)
{
    /// <summary>Their names, in the order in which they play.</summary>
    public ImmutableArray<string> Names => [.. Choices.Select(choice => choice.Stack.Name)];
}
