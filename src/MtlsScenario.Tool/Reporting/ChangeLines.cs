using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Graphs;

namespace MtlsScenario.Tool.Reporting;

/// <summary>Says certificate by certificate what is new and why, as lines for people.</summary>
internal static class ChangeLines
{
    private const int WidestStem = 24;

    /// <summary>The lines: a stem and what is new of it, with the reasons below, indented.</summary>
    /// <param name="entries">What is new.</param>
    /// <param name="columns">How many columns a line may have.</param>
    public static IEnumerable<string> Of(ImmutableArray<ChangeEntry> entries, int columns)
    {
        int width = Math.Min(Math.Min(WidestStem, columns / 3), entries.Select(entry => Title(entry).Length).DefaultIfEmpty().Max());
        string margin = new(' ', width);
        foreach (ChangeEntry entry in entries)
        {
            string title = Title(entry);
            if (title.Length > width)
            {
                foreach (string line in Wrapped("", "", title))
                {
                    yield return line;
                }

                title = "";
            }

            if (entry.Items.IsEmpty)
            {
                yield return $"{title.PadRight(width)}  nothing to do";
            }

            foreach (ChangeItem item in entry.Items)
            {
                foreach (string line in Wrapped($"{title.PadRight(width)}  ", $"{margin}    ", item.What))
                {
                    yield return line;
                }

                title = "";
                foreach (string line in item.Reasons.SelectMany(reason => Wrapped($"{margin}    ", $"{margin}      ", reason.Text)))
                {
                    yield return line;
                }
            }
        }

        IEnumerable<string> Wrapped(string first, string rest, string text) => WrappedText
            .Lines(VisibleText.Of(text), columns - rest.Length, TerminalColumns.Of)
            .Select((line, index) => (index == 0 ? first : rest) + line);
    }

    private static string Title(ChangeEntry entry) => entry.Count == 1
        ? entry.Stem
        : string.Create(CultureInfo.InvariantCulture, $"{entry.Stem} and {entry.Count - 1} more");
}
