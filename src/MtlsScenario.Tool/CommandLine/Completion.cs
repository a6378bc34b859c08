using System.Collections.Immutable;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>What a shell can offer for a value.</summary>
/// <param name="Kind">Where the offers come from.</param>
/// <param name="Words">The offers, where they are fixed words.</param>
internal sealed record Completion(CompletionKind Kind, ImmutableArray<string> Words)
{
    /// <summary>Nothing to offer.</summary>
    public static Completion None { get; } = new(CompletionKind.None, []);

    /// <summary>Any file.</summary>
    public static Completion File { get; } = new(CompletionKind.File, []);

    /// <summary>A scenario: <c>*.yaml</c> and <c>*.yml</c>.</summary>
    public static Completion ScenarioFile { get; } = new(CompletionKind.ScenarioFile, []);

    /// <summary>A folder.</summary>
    public static Completion Folder { get; } = new(CompletionKind.Folder, []);

    /// <summary>A stem of the scenario.</summary>
    public static Completion Stem { get; } = new(CompletionKind.Stem, []);

    /// <summary>A party of the scenario.</summary>
    public static Completion Party { get; } = new(CompletionKind.Party, []);

    /// <summary>One of fixed words.</summary>
    public static Completion Of(IEnumerable<string> words) => new(CompletionKind.Words, [.. words]);
}
