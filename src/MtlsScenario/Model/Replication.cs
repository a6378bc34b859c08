using System.Globalization;

namespace MtlsScenario.Model;

/// <summary>
/// The replicas of something that is there N times, numbered from 1. The number is never padded, in file names neither: a fleet
/// that grows keeps every name that it has.
/// </summary>
/// <param name="Count">N, at least 1.</param>
internal sealed record Replication(int Count)
{
    /// <summary>What stands for the number, in names, subjects and file names.</summary>
    public const string Placeholder = "{n}";

    /// <summary>Those that stand for all: the first, the middle and the last, each once.</summary>
    public IEnumerable<int> Sample => new[] { 1, (Count + 1) / 2, Count }.Distinct();

    /// <summary>The numbers of what is there N times; a single null, which is no number, where it is there once.</summary>
    public static IEnumerable<int?> Numbers(Replication? replicas) =>
        replicas is null ? [null] : Enumerable.Range(1, replicas.Count).Select(number => (int?)number);

    /// <summary>A text or path with a number in place of the placeholder; without a number as it is.</summary>
    public static string Fill(string text, int? number) =>
        number is { } replica ? Fill(text, replica.ToString(CultureInfo.InvariantCulture)) : text;

    /// <summary>A text or path with something else in place of the placeholder.</summary>
    public static string Fill(string text, string number) => text.Replace(Placeholder, number, StringComparison.Ordinal);

    /// <summary>Whether the placeholder is in it.</summary>
    public static bool IsIn(string text) => text.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The number that a name has where a template has its only placeholder; null where it is the name of none of them.</summary>
    public int? NumberIn(string template, ReadOnlySpan<char> name)
    {
        int start = template.IndexOf(Placeholder, StringComparison.Ordinal);
        ReadOnlySpan<char> end = template.AsSpan(start + Placeholder.Length);
        int width = name.Length - start - end.Length;
        return start >= 0
            && width > 0
            && name.StartsWith(template.AsSpan(0, start), StringComparison.Ordinal)
            && name.EndsWith(end, StringComparison.Ordinal)
            && name[start] != '0'
            && int.TryParse(name.Slice(start, width), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number <= Count
            ? number
            : null;
    }
}
