using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Reporting;

/// <summary>Says certificate by certificate what is new and why, as lines for people.</summary>
internal static class ChangeLines
{
    private const int WidestStem = 24;

    /// <summary>The lines: a stem and what is new of it, with the reasons below, indented.</summary>
    public static IEnumerable<string> Of(ImmutableArray<ChangeEntry> entries)
    {
        int width = Math.Min(WidestStem, entries.Select(entry => Title(entry).Length).DefaultIfEmpty().Max());
        string margin = new(' ', width);
        foreach (ChangeEntry entry in entries)
        {
            string title = Title(entry);
            if (title.Length > width)
            {
                yield return title;
                title = "";
            }

            if (entry.Items.IsEmpty)
            {
                yield return $"{title.PadRight(width)}  nothing to do";
            }

            foreach (ChangeItem item in entry.Items)
            {
                yield return $"{title.PadRight(width)}  {VisibleText.Of(item.What)}";
                title = "";
                foreach (string reason in item.Reasons)
                {
                    yield return $"{margin}    {VisibleText.Of(reason)}";
                }
            }
        }
    }

    private static string Title(ChangeEntry entry) => entry.Count == 1
        ? entry.Stem
        : string.Create(CultureInfo.InvariantCulture, $"{entry.Stem} and {entry.Count - 1} more");
}
