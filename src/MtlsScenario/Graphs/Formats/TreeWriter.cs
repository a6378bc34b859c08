using System.Globalization;
using System.Text;

namespace MtlsScenario.Graphs.Formats;

/// <summary>Draws a graph as text for a terminal: who signs whom as a tree, then who trusts whom, then the connections.</summary>
internal sealed class TreeWriter
{
    /// <summary>What goes to no terminal has at most so many.</summary>
    public const int DefaultColumns = 80;

    private readonly ScenarioGraph _graph;
    private readonly int _columns;
    private readonly ILookup<string?, GraphCertificate> _signed;
    private readonly StringBuilder _text = new();

    private TreeWriter(ScenarioGraph graph, int columns)
    {
        (_graph, _columns) = (graph, columns);
        _signed = graph.Certificates.ToLookup(certificate => certificate.Issuer, StringComparer.Ordinal);
    }

    /// <summary>The text, ending in a newline.</summary>
    public static string Write(ScenarioGraph graph, int columns)
    {
        var writer = new TreeWriter(graph, columns);
        writer.AppendTitle();
        writer.AppendSigned();
        writer.AppendTrust();
        writer.AppendConnections();
        writer.AppendSteps();
        return writer._text.ToString();
    }

    private void AppendTitle()
    {
        Append("", "", _graph.Name);
        if (_graph.Description is { } description)
        {
            Append("", "", description);
        }
    }

    private void AppendSigned()
    {
        AppendHeading("Who signs whom");
        foreach (GraphCertificate root in _graph.Authorities.Where(authority => authority.Issuer is null))
        {
            AppendSigned(root, "", "");
        }
    }

    private void AppendSigned(GraphCertificate certificate, string first, string rest)
    {
        GraphCertificate[] signed = [.. _signed[certificate.Stem]];
        string size = certificate.Replicas is { } count ? $" {GraphText.Times(count)}" : "";
        string below = signed.Length == 0 ? $"{rest}    " : $"{rest}│   ";
        Append(first, below, $"{certificate.Stem}{size}  {certificate.Title}");
        if (_graph.StepsOf(certificate) is { } steps)
        {
            Append(below, below, steps);
        }

        foreach (string detail in certificate.Details)
        {
            Append(below, $"{below}  ", detail);
        }

        for (int index = 0; index < signed.Length; index++)
        {
            bool isLast = index == signed.Length - 1;
            AppendSigned(signed[index], rest + (isLast ? "└── " : "├── "), rest + (isLast ? "    " : "│   "));
        }
    }

    private void AppendTrust()
    {
        AppendHeading("Who trusts whom");
        AppendTable(
            _graph.Parties.SelectMany(party => party.Certificates),
            certificate => certificate.Stem,
            certificate => certificate.Trusts.IsEmpty ? "trusts nobody" : $"trusts {string.Join(", ", certificate.Trusts)}");
    }

    private void AppendConnections()
    {
        if (_graph.Connections.IsEmpty)
        {
            return;
        }

        AppendHeading("Who must get through to whom");
        AppendTable(
            _graph.Connections,
            connection => connection.Ends,
            connection => string.Join(", ", [connection.Marked, .. connection.Conditions]));
    }

    private void AppendSteps()
    {
        if (_graph.Steps.IsEmpty)
        {
            return;
        }

        AppendHeading("Steps");
        int width = _graph.Steps[^1].Number.ToString(CultureInfo.InvariantCulture).Length;
        foreach (GraphStep step in _graph.Steps)
        {
            string number = step.Number.ToString(CultureInfo.InvariantCulture).PadLeft(width);
            Append($"{number}. ", new string(' ', width + 2), step.Text);
        }
    }

    private void AppendTable<T>(IEnumerable<T> rows, Func<T, string> left, Func<T, string> right)
    {
        T[] all = [.. rows];
        int width = all.Select(row => left(row).Length).Where(length => length <= _columns / 2).DefaultIfEmpty().Max();
        string margin = new(' ', width + 2);
        foreach (T row in all)
        {
            string name = left(row);
            if (name.Length > width)
            {
                Append("", "", name);
                Append(margin, margin, right(row));
            }
            else
            {
                Append(name.PadRight(width + 2), margin, right(row));
            }
        }
    }

    private void AppendHeading(string heading) => _text.Append('\n').Append(heading).Append('\n');

    private void Append(string first, string rest, string text)
    {
        // A deep tree still leaves room for words.
        int room = Math.Max(Math.Min(30, _columns / 2), _columns - Math.Max(first.Length, rest.Length));
        string prefix = first;
        foreach (string line in WrappedText.Lines(text, room, TerminalColumns.Of))
        {
            _text.Append(prefix).Append(line).Append('\n');
            prefix = rest;
        }
    }
}
