using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Pages;

/// <summary>An HTML page that needs nothing else: no other file, no network, and no script to be read.</summary>
internal static class HtmlPage
{
    /// <summary>The page, ending in a newline.</summary>
    /// <param name="title">What the browser calls it.</param>
    /// <param name="html">Where it is written.</param>
    /// <param name="header">Writes what stands above all.</param>
    /// <param name="sections">The sections: their ids, their titles and what writes them.</param>
    public static string Write(string title, HtmlWriter html, Action header, params (string Id, string Title, Action Write)[] sections)
    {
        html.Markup("<!doctype html>\n");
        html.Element("html", () =>
        {
            html.Element("head", () => WriteHead(html, title));
            html.Line();
            html.Element("body", () => WriteBody(html, header, sections));
        }, ("lang", "en"));
        html.Line();
        return html.ToString();
    }

    private static void WriteHead(HtmlWriter html, string title)
    {
        html.Void("meta", ("charset", "utf-8"));
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", PageAssets.Policy));
        html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Void("meta", ("name", "generator"), ("content", $"mtls-scenario {ToolVersion.Text}"));
        html.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
        html.Element("title", title);
        html.Markup($"<style>{PageAssets.Style}</style>");
    }

    private static void WriteBody(HtmlWriter html, Action header, (string Id, string Title, Action Write)[] sections)
    {
        html.Element("a", "Skip to the content", ("class", "skip"), ("href", "#main"));
        html.Element("header", () =>
        {
            header();
            html.Element("nav", () =>
            {
                foreach ((string id, string title, _) in sections)
                {
                    html.Element("a", title, ("href", $"#{id}"));
                    html.Text(" ");
                }
            }, ("aria-label", "Sections"));
        });
        html.Line();
        html.Element("main", () =>
        {
            foreach ((string id, string title, Action write) in sections)
            {
                html.Line();
                html.Element(
                    "section",
                    () =>
                    {
                        html.Element("h2", title, ("id", $"{id}-title"));
                        write();
                    },
                    ("id", id),
                    ("aria-labelledby", $"{id}-title"));
            }
        }, ("id", "main"), ("tabindex", "-1"));
        html.Line();
        html.Element("p", "", ("id", "said"), ("class", "hidden"), ("role", "status"));
        html.Markup($"<script>{PageAssets.Script}</script>");
    }
}
