using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>Says which word may have been meant by one that is none of those expected.</summary>
internal static class DidYouMean
{
    /// <summary><c>did you mean json? (one of: text, json)</c>, or the list alone.</summary>
    public static string OneOf(ImmutableArray<string> words, string given)
    {
        string list = $"one of {string.Join(", ", words)}";
        return NearestName.Find(given, words, leniency: 1) is { } nearest ? $"did you mean {nearest}? ({list})" : $"{list} is expected";
    }
}
