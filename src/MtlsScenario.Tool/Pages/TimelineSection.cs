using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Layouts;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Pages;

/// <summary>When certificates and CRLs end: a bar each, what expires first on top.</summary>
internal static class TimelineSection
{
    /// <summary>Writes the list.</summary>
    public static void Write(HtmlWriter html, ReportContent content, ImmutableArray<TimelineEntry> entries)
    {
        string from = content.Folder is null ? "Issued now, they would be valid as shown. " : "";
        html.Element("p", $"{from}What expires first stands first. The scale is logarithmic; the thin upright line is now, the paler end of a bar is the time in which it is due for renewal.");
        DateTimeOffset[] moments = [.. entries.Where(entry => entry.Dates is not null).SelectMany(entry => new[] { entry.Dates!.Value.NotBefore, entry.Dates.Value.NotAfter })];
        var scale = new TimeScale(content.Now, moments);
        html.Element("div", () => WriteAxis(html, scale), ("class", "axis"), ("aria-hidden", "true"));
        html.Element(
            "ol",
            () =>
            {
                foreach (TimelineEntry entry in entries)
                {
                    html.Line();
                    html.Element("li", () => Write(html, content, entry, scale));
                }
            },
            ("class", "timeline"));
    }

    private static void WriteAxis(HtmlWriter html, TimeScale scale) => html.Element(
        "svg",
        () =>
        {
            foreach ((double place, string text, bool isMajor) in scale.Ticks())
            {
                string anchor = !TimeScale.IsAtEnd(place) ? "middle" : place < 50 ? "start" : "end";
                html.Element(
                    "text", text, ("class", isMajor ? "major" : "minor"), ("x", TimeScale.Percent(place)), ("y", "13"), ("text-anchor", anchor));
            }
        },
        ("width", "100%"),
        ("height", "18"),
        ("focusable", "false"));

    private static void Write(HtmlWriter html, ReportContent content, TimelineEntry entry, TimeScale scale)
    {
        html.Element(
            "div",
            () =>
            {
                html.Element("a", VisibleText.Of(entry.Stem), ("href", ReportPage.AnchorOf(entry.Index)));
                html.Element("span", VisibleText.Of(entry.Part), ("class", "quiet"));
                WriteRevoked(html, entry.Revoked);
            },
            ("class", "who"));
        html.Element("div", () => WriteBar(html, content.Now, entry, scale), ("class", "bar"));
        html.Element(
            "div",
            () =>
            {
                if (entry.Dates is var (start, end))
                {
                    html.Element("span", () =>
                    {
                        html.Text("ends ");
                        html.Element("time", TimeText.Of(end), ("datetime", TimeText.Of(end)));
                    });
                    html.Element("span", PlanText.Age(start, end, content.Now));
                }

                var judgement = AgeJudgement.Of(entry, content.Now);
                html.Element("span", judgement.Text, ("class", judgement.Style));
            },
            ("class", "when"));
    }

    /// <summary>Marks what is revoked.</summary>
    public static void WriteRevoked(HtmlWriter html, string? revoked)
    {
        if (revoked is not null)
        {
            html.Element("span", $"revoked: {VisibleText.Of(revoked)}", ("class", "status untried"));
        }
    }

    private static void WriteBar(HtmlWriter html, DateTimeOffset now, TimelineEntry entry, TimeScale scale) => html.Element(
        "svg",
        () =>
        {
            if (entry.Dates is var (start, end) && end >= start)
            {
                DateTimeOffset due = entry.DueFrom is { } from && from > start ? from : end;
                Bar("valid", start, due);
                Bar("due", due, end);
            }

            string x = TimeScale.Percent(scale.Place(now));
            html.Element("line", "", ("class", "now"), ("x1", x), ("x2", x), ("y1", "0"), ("y2", "20"));

            void Bar(string style, DateTimeOffset first, DateTimeOffset last)
            {
                double width = scale.Place(last) - scale.Place(first);
                if (width > 0)
                {
                    html.Element(
                        "rect", "", ("class", style), ("x", TimeScale.Percent(scale.Place(first))), ("y", "4"), ("width", TimeScale.Percent(width)), ("height", "12"));
                }
            }
        },
        ("width", "100%"),
        ("height", "20"),
        ("aria-hidden", "true"),
        ("focusable", "false"));
}
