using System.Globalization;
using System.Text;

namespace MtlsScenario.Graphs.Formats;

/// <summary>Draws a graph for Graphviz's <c>dot</c>.</summary>
internal sealed class DotWriter
{
    private readonly ScenarioGraph _graph;
    private readonly StringBuilder _text = new();

    private DotWriter(ScenarioGraph graph) => _graph = graph;

    /// <summary>The digraph, ending in a newline.</summary>
    public static string Write(ScenarioGraph graph)
    {
        var writer = new DotWriter(graph);
        writer.AppendAll();
        return writer._text.ToString();
    }

    private void AppendAll()
    {
        string title = _graph.Description is { } description ? $"{_graph.Name}: {description}" : _graph.Name;
        Line($"digraph {Quote(_graph.Name)} {{");
        Line($"  label={Quote(Wrapped(title, 80))} labelloc=t fontname=\"sans-serif\" charset=\"UTF-8\"");
        Line("  rankdir=LR ranksep=1.2 nodesep=0.35");
        Line("  node [shape=box fontname=\"sans-serif\" fontsize=11 margin=\"0.15,0.1\"]");
        Line("  edge [fontname=\"sans-serif\" fontsize=10]");
        foreach (GraphCertificate authority in _graph.Authorities)
        {
            Line($"  {Quote(authority.Stem)} [{Label(authority)} style={(authority.IsRevoked ? "\"rounded,dashed\" color=\"#b3261e\"" : "rounded")}]");
        }

        int number = 0;
        foreach (GraphParty party in _graph.Parties)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  subgraph cluster_{++number} {{"));
            Line($"    label={Quote(party.Title)} style=\"rounded,dashed\"");
            foreach (GraphCertificate certificate in party.Certificates)
            {
                string many = (certificate.Replicas is null ? "" : " peripheries=2") + (certificate.IsRevoked ? " style=dashed color=\"#b3261e\"" : "");
                Line($"    {Quote(certificate.Stem)} [{Label(certificate)}{many}]");
            }

            Line("  }");
        }

        AppendEdges();
        AppendSteps();
        Line("}");
    }

    private void AppendEdges()
    {
        foreach (GraphCertificate certificate in _graph.Certificates)
        {
            if (certificate.Issuer is { } issuer)
            {
                Line($"  {Quote(issuer)} -> {Quote(certificate.Stem)} [label=\"signs\"]");
            }

            foreach (string anchor in certificate.Trusts)
            {
                // Drawn from the authority, so that all goes from left to right and labels have room.
                Line($"  {Quote(anchor)} -> {Quote(certificate.Stem)} [label=\"trusts\" style=dashed dir=back]");
            }
        }

        foreach (GraphConnection connection in _graph.Connections)
        {
            string style = connection.IsRejected ? "style=dotted arrowhead=tee color=\"#b3261e\"" : "style=bold color=\"#1a6e37\"";
            string label = Lines([connection.Ends, connection.Marked, .. connection.Conditions]);
            Line($"  {Quote(connection.Client)} -> {Quote(connection.Server)} [label={label} {style}]");
        }
    }

    private void AppendSteps()
    {
        if (!_graph.Steps.IsEmpty)
        {
            string lines = Lines(_graph.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Number}. {step.Text}")));

            // No stem has a space in it.
            Line($"  \"the steps\" [label={lines} shape=note]");
        }
    }

    private string Label(GraphCertificate certificate)
    {
        string size = certificate.Replicas is { } count ? $" {GraphText.Times(count)}" : "";
        string? steps = _graph.StepsOf(certificate);
        return "label=" + Lines(
        [
            certificate.Stem + size, certificate.Title, .. certificate.Details, .. steps is null ? Enumerable.Empty<string>() : [steps],
        ]);
    }

    /// <summary>A label of lines that begin at the left.</summary>
    private static string Lines(IEnumerable<string> lines) =>
        $"\"{string.Concat(lines.Select(line => Wrapped(line, 60).Split('\n')).SelectMany(parts => parts).Select(line => Escape(line) + "\\l"))}\"";

    private static string Wrapped(string text, int columns) => string.Join('\n', WrappedText.Lines(text, columns, TerminalColumns.Of));

    private static string Quote(string text) => $"\"{string.Join("\\n", text.Split('\n').Select(Escape))}\"";

    /// <summary>Between quotes; Graphviz reads HTML's entities there.</summary>
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal);

    private void Line(string line) => _text.Append(line).Append('\n');
}
