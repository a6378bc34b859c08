using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Layouts;

namespace MtlsScenario.Tool.Pages;

/// <summary>Who trusts whom, as a table.</summary>
internal static class TrustSection
{
    private const int MostShown = 8;

    /// <summary>Writes the table, a row for all who trust the same: who relies on which anchors, and whose certificates are below these.</summary>
    public static void Write(HtmlWriter html, ReportContent content)
    {
        ImmutableArray<CertificateEntry> all = content.Layout.Certificates;
        Dictionary<string, int> places = all.Select((entry, index) => (entry.Stem, index)).ToDictionary(StringComparer.Ordinal);
        var table = new TableWriter(html, ["Who", "Trusts", "Below which are"]);
        table.Write("Who trusts whom", () =>
        {
            foreach (IGrouping<string, CertificateEntry> alike in all.Where(entry => entry.Trusts is not null)
                .GroupBy(entry => string.Join('\n', entry.Trusts!.Value.Order(StringComparer.Ordinal)), StringComparer.Ordinal))
            {
                ImmutableArray<string> trusts = alike.First().Trusts!.Value;
                table.WriteRow(
                    () => WriteLinks(html, [.. alike.Select(entry => entry.Stem)], places),
                    () => WriteLinks(html, trusts, places),
                    () => WriteFolded(html, Below(content, trusts), places));
            }
        });
    }

    /// <summary>The certificates of parties that have one of the authorities above them.</summary>
    private static ImmutableArray<string> Below(ReportContent content, ImmutableArray<string> anchors) =>
    [
        .. content.Plan.Certificates
            .Where(planned => !planned.IsAuthority && Above(content, planned.Issuer).Intersect(anchors, StringComparer.Ordinal).Any())
            .Select(planned => planned.Stem),
    ];

    private static IEnumerable<string> Above(ReportContent content, string? issuer)
    {
        for (; issuer is not null; issuer = content.Plan[issuer].Issuer)
        {
            yield return issuer;
        }
    }

    private static void WriteFolded(HtmlWriter html, ImmutableArray<string> stems, Dictionary<string, int> places)
    {
        if (stems.Length <= MostShown)
        {
            WriteLinks(html, stems, places);
            return;
        }

        html.Element("details", () =>
        {
            html.Element("summary", string.Create(CultureInfo.InvariantCulture, $"{stems.Length} certificates"));
            WriteLinks(html, stems, places);
        });
    }

    private static void WriteLinks(HtmlWriter html, ImmutableArray<string> stems, Dictionary<string, int> places)
    {
        if (stems.IsEmpty)
        {
            html.Text("nobody");
        }

        for (int index = 0; index < stems.Length; index++)
        {
            html.Text(index == 0 ? "" : ", ");

            // In a folder there can be an anchor that is no authority of the scenario.
            if (places.TryGetValue(stems[index], out int place))
            {
                html.Element("a", VisibleText.Of(stems[index]), ("href", ReportPage.AnchorOf(place)));
            }
            else
            {
                html.Text(VisibleText.Of(stems[index]));
            }
        }
    }
}
