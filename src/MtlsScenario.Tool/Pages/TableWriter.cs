using System.Collections.Immutable;

namespace MtlsScenario.Tool.Pages;

/// <summary>
/// Writes a table. On a narrow screen its rows become blocks, each cell with the name of its column; the roles say that it is a
/// table all the same.
/// </summary>
/// <param name="html">Where it is written.</param>
/// <param name="columns">The names of the columns; the first is that of the rows' heads.</param>
internal sealed class TableWriter(HtmlWriter html, ImmutableArray<string> columns)
{
    /// <summary>Writes the table in a box of its own, which scrolls where the page is narrower.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="rows">Writes the rows.</param>
    public void Write(string caption, Action rows) => ReportPage.WriteBox(html, caption, () => html.Element(
        "table",
        () =>
        {
            html.Element("caption", caption);
            html.Element("thead", () => html.Element("tr", WriteHeads, ("role", "row")), ("role", "rowgroup"));
            html.Element("tbody", rows, ("role", "rowgroup"));
        },
        ("role", "table")));

    /// <summary>Writes a row: its head, and a cell for each other column.</summary>
    public void WriteRow(Action head, params ImmutableArray<Action> cells)
    {
        html.Line();
        html.Element(
            "tr",
            () =>
            {
                html.Element("th", head, ("scope", "row"), ("role", "rowheader"));
                foreach ((Action cell, string column) in cells.Zip(columns.Skip(1)))
                {
                    html.Element("td", cell, ("role", "cell"), ("data-column", column));
                }
            },
            ("role", "row"));
    }

    private void WriteHeads()
    {
        foreach (string column in columns)
        {
            html.Element("th", column, ("scope", "col"), ("role", "columnheader"));
        }
    }
}
