using System.Globalization;
using System.Text;

namespace MtlsScenario.Graphs.Formats;

/// <summary>Draws a graph as a Mermaid flowchart, as GitHub and GitLab show it.</summary>
internal sealed class MermaidWriter
{
    private readonly ScenarioGraph _graph;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private MermaidWriter(ScenarioGraph graph)
    {
        _graph = graph;

        // A name can be a word of the language, such as "end".
        foreach (GraphCertificate certificate in graph.Certificates)
        {
            _ids.Add(certificate.Stem, string.Create(CultureInfo.InvariantCulture, $"c{_ids.Count + 1}"));
        }
    }

    /// <summary>The flowchart, ending in a newline.</summary>
    public static string Write(ScenarioGraph graph)
    {
        var writer = new MermaidWriter(graph);
        writer.AppendAll();
        return writer._text.ToString();
    }

    private void AppendAll()
    {
        // As wide as names of files and hosts, and where text has more lines they stay apart.
        Line("%%{init: {\"flowchart\": {\"wrappingWidth\": 400}}}%%");
        Line("flowchart LR");
        Line($"  accTitle: {Plain(_graph.Name)}");
        if (_graph.Description is { Length: > 0 } description)
        {
            Line($"  accDescr: {Plain(description)}");
        }

        foreach (GraphCertificate authority in _graph.Authorities)
        {
            Line($"  {_ids[authority.Stem]}({Label(authority)})");
        }

        int number = 0;
        foreach (GraphParty party in _graph.Parties)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  subgraph p{++number}[\"{Escape(party.Title)}\"]"));
            foreach (GraphCertificate certificate in party.Certificates)
            {
                (string open, string close) = certificate.Replicas is null ? ("[", "]") : ("[[", "]]");
                Line($"    {_ids[certificate.Stem]}{open}{Label(certificate)}{close}");
            }

            Line("  end");
        }

        AppendEdges();
        AppendSteps();
    }

    private void AppendEdges()
    {
        int links = 0;
        foreach (GraphCertificate certificate in _graph.Certificates)
        {
            if (certificate.Issuer is { } issuer)
            {
                Line($"  {_ids[issuer]} -->|signs| {_ids[certificate.Stem]}");
                links++;
            }
        }

        foreach (GraphCertificate certificate in _graph.Certificates)
        {
            foreach (string anchor in certificate.Trusts)
            {
                Line($"  {_ids[certificate.Stem]} -.->|trusts| {_ids[anchor]}");
                links++;
            }
        }

        var rejected = new List<int>();
        foreach (GraphConnection connection in _graph.Connections)
        {
            string arrow = connection.IsRejected ? "--x" : "==>";
            string label = Lines([connection.Ends, connection.Marked, .. connection.Conditions]);
            Line($"  {_ids[connection.Client]} {arrow}|\"{label}\"| {_ids[connection.Server]}");
            if (connection.IsRejected)
            {
                rejected.Add(links);
            }

            links++;
        }

        foreach (GraphCertificate revoked in _graph.Certificates.Where(certificate => certificate.IsRevoked))
        {
            Line($"  style {_ids[revoked.Stem]} stroke:#d9483b,stroke-width:2px,stroke-dasharray:2 3");
        }

        if (rejected.Count > 0)
        {
            Line($"  linkStyle {string.Join(',', rejected)} stroke:#d9483b,stroke-width:2px");
        }
    }

    private void AppendSteps()
    {
        if (_graph.Steps.IsEmpty)
        {
            return;
        }

        string lines = Lines(_graph.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Number}. {step.Text}")));
        Line("  subgraph steps[\"Steps\"]");
        Line($"    s0[\"{lines}\"]");
        Line("    style s0 text-align:left");
        Line("  end");

        // Links that are not shown keep the text right of everything, where no other link runs under it.
        Line($"  {string.Join(" & ", _ids.Values)} ~~~ s0");
    }

    private string Label(GraphCertificate certificate)
    {
        string size = certificate.Replicas is { } count ? $" {GraphText.Times(count)}" : "";
        string? steps = _graph.StepsOf(certificate);
        string lines = Lines([certificate.Title + size, .. certificate.Details, .. steps is null ? Enumerable.Empty<string>() : [steps]]);
        return $"\"<b>{Escape(certificate.Stem)}</b><br/>{lines}\"";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join("<br/>", lines.Select(Escape));

    /// <summary>Between quotes, as the entity codes that Mermaid turns into characters.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character is '"' or '<' or '>' or '&' or '#' or '`' or ';')
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{(int)character};");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A line of accessible text, which ends at the end of the line; a comment begins with <c>%%</c>.</summary>
    private static string Plain(string text) => Escape(text).Replace("%%", "#37;#37;", StringComparison.Ordinal);

    private void Line(string line) => _text.Append(line).Append('\n');
}
