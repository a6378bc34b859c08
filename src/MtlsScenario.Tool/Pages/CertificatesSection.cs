using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Layouts;

namespace MtlsScenario.Tool.Pages;

/// <summary>What each certificate says, folded.</summary>
internal static class CertificatesSection
{
    /// <summary>Writes one fold a certificate, in the order of the layout, and then one a CRL.</summary>
    public static void Write(HtmlWriter html, ReportContent content, ImmutableArray<TimelineEntry> entries)
    {
        foreach (TimelineEntry entry in entries.OrderBy(entry => entry.Index))
        {
            CertificateEntry? certificate = entry.IsCrl ? null : content.Layout.Certificates[entry.Index];
            IEnumerable<(string, string)> lines = certificate is not null
                ? LayoutText.Lines(certificate, content.Now)
                : content.Layout.Crls.FirstOrDefault(crl => crl.Files.Contains(entry.Stem))?.Lines(content.Now) ?? [("CRL file", entry.Stem)];
            html.Line();
            html.Element(
                "details",
                () =>
                {
                    html.Element("summary", () =>
                    {
                        html.Element("strong", VisibleText.Of(entry.Stem));
                        html.Text($" {VisibleText.Of(entry.Part)} ");
                        TimelineSection.WriteRevoked(html, entry.Revoked);
                        foreach (string fault in certificate is null ? [] : FaultsOf(certificate))
                        {
                            html.Text(" ");
                            html.Element("span", $"✗ {VisibleText.Of(fault)}", ("class", "status failed"));
                        }
                    });
                    html.Element("dl", () => WriteLines(html, lines));
                },
                ("id", ReportPage.IdOf(entry.Index)));
        }

        if (!content.Layout.OtherFiles.IsEmpty)
        {
            html.Element("p", $"Files that are no part of the scenario: {VisibleText.Of(string.Join(", ", content.Layout.OtherFiles))}");
        }
    }

    /// <summary>What is not as it should be, in few words; the lines below say it in full.</summary>
    private static IEnumerable<string> FaultsOf(CertificateEntry certificate)
    {
        IEnumerable<string> ofFiles = certificate.Files.Where(file => file.Note is not null).Select(file => $"{file.KindText}: {file.Note}");
        return certificate.Faults.IsEmpty ? ofFiles : ofFiles.Append("replicas differ");
    }

    private static void WriteLines(HtmlWriter html, IEnumerable<(string Label, string Value)> lines)
    {
        foreach ((string label, string value) in lines)
        {
            if (label.Length > 0)
            {
                html.Element("dt", VisibleText.Of(label));
            }

            html.Element("dd", VisibleText.Of(value));
        }
    }
}
