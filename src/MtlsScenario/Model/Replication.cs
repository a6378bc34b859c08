using System.Globalization;

namespace MtlsScenario.Model;

/// <summary>
/// That something is there N times, numbered from 1. The number is never padded, in file names neither: a fleet that grows keeps
/// every name that it has.
/// </summary>
/// <param name="Count">N, at least 1.</param>
internal sealed record Replication(int Count)
{
    /// <summary>What stands for the number, in names, subjects and file names.</summary>
    public const string Placeholder = "{n}";

    /// <summary>Those that stand for all: the first, the middle and the last, each once.</summary>
    public IEnumerable<int> Sample => new[] { 1, (Count + 1) / 2, Count }.Distinct();

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
