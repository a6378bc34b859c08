using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MtlsScenario.Graphs;

/// <summary>
/// Draws what is alike as one, with how many it is: a picture of a thousand boxes is not looked at. Alike are those of whom the same kind
/// signs, trusts and is called, and so on for those (colour refinement of the graph).
/// </summary>
internal sealed partial class GraphGrouping
{
    /// <summary>A graph of so many certificates is drawn as it is, unless it has more than <see cref="MostConnections"/>.</summary>
    public const int MostCertificates = 60;

    /// <summary>A graph of so many connections is drawn as it is, unless it has more than <see cref="MostCertificates"/>: a mesh of few has many.</summary>
    public const int MostConnections = 100;

    /// <summary>What is told apart only by what is farther away is drawn as one.</summary>
    private const int MostRounds = 100;

    private readonly ScenarioGraph _graph;
    private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly List<(int Kind, int Other)>[] _ties;

    /// <summary>By the stem of a certificate, that of the box in which it is drawn.</summary>
    private readonly Dictionary<string, string> _drawnAs = new(StringComparer.Ordinal);

    private GraphGrouping(ScenarioGraph graph)
    {
        _graph = graph;
        _ties = [.. Enumerable.Range(0, graph.Authorities.Length + graph.Parties.Length).Select(_ => new List<(int, int)>())];
        for (int node = 0; node < _ties.Length; node++)
        {
            foreach (GraphCertificate certificate in CertificatesOf(node))
            {
                _nodes.Add(certificate.Stem, node);
            }
        }

        foreach (GraphCertificate certificate in graph.Certificates)
        {
            if (certificate.Issuer is { } issuer)
            {
                Tie(certificate.Stem, issuer, $"{certificate.Kind} signed by");
            }

            foreach (string anchor in certificate.Trusts)
            {
                Tie(certificate.Stem, anchor, $"{certificate.Kind} trusts");
            }
        }

        foreach (GraphConnection connection in graph.Connections)
        {
            Tie(connection.Client, connection.Server, $"{connection.Marked} {Numberless(string.Join('\n', connection.Conditions))}");
        }
    }

    /// <summary>The graph with one for all that are alike, where it has many certificates or connections.</summary>
    public static ScenarioGraph Of(ScenarioGraph graph) =>
        graph.Certificates.Skip(MostCertificates).Any() || graph.Connections.Length > MostConnections ? new GraphGrouping(graph).Grouped() : graph;

    private ImmutableArray<GraphCertificate> CertificatesOf(int node) => node < _graph.Authorities.Length
        ? [_graph.Authorities[node]]
        : _graph.Parties[node - _graph.Authorities.Length].Certificates;

    private void Tie(string from, string to, string kind)
    {
        _ties[_nodes[from]].Add((KindOf(kind), _nodes[to]));
        _ties[_nodes[to]].Add((KindOf($"{kind}, by the other"), _nodes[from]));
    }

    private int KindOf(string kind)
    {
        if (!_kinds.TryGetValue(kind, out int number))
        {
            _kinds.Add(kind, number = _kinds.Count);
        }

        return number;
    }

    private ScenarioGraph Grouped()
    {
        int[] colours = Refine();
        int[][] groups = [.. Enumerable.Range(0, colours.Length).GroupBy(node => colours[node]).Select(group => group.ToArray())];
        if (groups.Length == colours.Length)
        {
            return _graph;
        }

        foreach (int[] group in groups)
        {
            foreach (GraphCertificate[] alike in Alike(group))
            {
                string name = Range(alike.Select(certificate => certificate.Stem));
                foreach (GraphCertificate certificate in alike)
                {
                    _drawnAs.Add(certificate.Stem, name);
                }
            }
        }

        ImmutableArray<GraphParty> parties = [.. groups.Where(group => group[0] >= _graph.Authorities.Length).Select(PartyOf)];
        const string Said = "Those that are alike are drawn as one; graph --all draws each.";
        return _graph with
        {
            Description = _graph.Description is { } description ? $"{description} {Said}" : Said,
            Authorities = [.. groups.Where(group => group[0] < _graph.Authorities.Length).Select(group => Merge(Alike(group).Single()))],
            Parties = parties,
            Connections = [.. Connections(parties)],
            Steps = [.. Steps(groups)],
        };
    }

    /// <summary>For each node a number that it shares with those that are alike.</summary>
    private int[] Refine()
    {
        Dictionary<string, int> depths = _graph.Depths();
        int[] colours = Numbered(node => string.Join('\n', CertificatesOf(node).OrderBy(certificate => certificate.Kind).Select(certificate =>
            $"{depths.GetValueOrDefault(certificate.Stem, -1)} {certificate.Kind} {certificate.Replicas is null} {certificate.IsRevoked} {Numberless($"{certificate.Revoked} {certificate.Title}")}")));
        for (int round = 0, before = 0, now = colours.Max(); now > before && round < MostRounds; round++)
        {
            int[] last = colours;
            colours = Numbered(node => $"{last[node]}: {string.Join(' ', _ties[node].Select(tie => ((long)tie.Kind << 32) + last[tie.Other]).Distinct().Order())}");
            (before, now) = (now, colours.Max());
        }

        return colours;
    }

    private int[] Numbered(Func<int, string> text)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] all = new int[_ties.Length];
        for (int node = 0; node < all.Length; node++)
        {
            string key = text(node);
            if (!numbers.TryGetValue(key, out all[node]))
            {
                numbers.Add(key, all[node] = numbers.Count + 1);
            }
        }

        return all;
    }

    /// <summary>The certificates of a group of nodes, those that are drawn as one together.</summary>
    private IEnumerable<GraphCertificate[]> Alike(int[] group) => CertificatesOf(group[0])
        .Select(first => group.Select(node => CertificatesOf(node).First(certificate => certificate.Kind == first.Kind)).ToArray());

    private GraphCertificate Merge(GraphCertificate[] alike) => alike[0] with
    {
        Stem = _drawnAs[alike[0].Stem],
        Title = Range(alike.Select(certificate => certificate.Title)),
        Replicas = alike.Length == 1 ? alike[0].Replicas : Sum(alike.Select(certificate => certificate.Replicas)),
        Details = [.. Lines([.. alike.Select(certificate => certificate.Details)])],
        Issuer = alike[0].Issuer is { } issuer ? _drawnAs[issuer] : null,
        Trusts = [.. alike.SelectMany(certificate => certificate.Trusts).Select(anchor => _drawnAs[anchor]).Distinct(StringComparer.Ordinal)],
    };

    private GraphParty PartyOf(int[] group)
    {
        GraphParty[] alike = [.. group.Select(node => _graph.Parties[node - _graph.Authorities.Length])];
        return new GraphParty(
            Range(alike.Select(party => party.Name)),
            alike.Length == 1 ? alike[0].Replicas : Sum(alike.Select(party => party.Replicas)),
            [.. Alike(group).Select(Merge)]);
    }

    private IEnumerable<GraphConnection> Connections(ImmutableArray<GraphParty> parties)
    {
        Dictionary<string, string> titles = parties
            .SelectMany(party => party.Certificates, (party, certificate) => (certificate.Stem, party.Title))
            .ToDictionary(pair => pair.Stem, pair => pair.Title, StringComparer.Ordinal);
        foreach (GraphConnection[] alike in _graph.Connections
            .GroupBy(connection => (_drawnAs[connection.Client], _drawnAs[connection.Server], connection.Marked, Numberless(string.Join('\n', connection.Conditions))))
            .Select(group => group.ToArray()))
        {
            (string client, string server) = (_drawnAs[alike[0].Client], _drawnAs[alike[0].Server]);
            GraphConnection one = alike[0] with { Client = client, Server = server };
            yield return alike.Length == 1 ? one : one with
            {
                Ends = titles[client] == titles[server] ? $"{titles[client]}, one to another" : $"{titles[client]} → {titles[server]}",
                Conditions =
                [
                    string.Create(CultureInfo.InvariantCulture, $"{alike.Length} connections"),
                    .. Lines([.. alike.Select(connection => connection.Conditions)]),
                ],
            };
        }
    }

    /// <summary>The steps of the first of those that are alike.</summary>
    private IEnumerable<GraphStep> Steps(int[][] groups)
    {
        var counts = groups.SelectMany(group => CertificatesOf(group[0]), (group, certificate) => (certificate.Stem, group.Length))
            .ToDictionary(pair => pair.Stem, pair => pair.Length, StringComparer.Ordinal);
        int number = 0;
        foreach (GraphStep step in _graph.Steps)
        {
            if (counts.TryGetValue(step.Stem, out int count))
            {
                string actor = count == 1 ? step.Actor : string.Create(CultureInfo.InvariantCulture, $"{step.Actor}, and {count - 1} alike");
                yield return step with { Number = ++number, Stem = _drawnAs[step.Stem], Actor = actor };
            }
        }
    }

    private static int Sum(IEnumerable<int?> counts) => (int)Math.Min(int.MaxValue, counts.Sum(count => (long)(count ?? 1)));

    /// <summary>Lines of which each says the same of all; where they cannot be paired, those that all have but for numbers.</summary>
    private static IEnumerable<string> Lines(ImmutableArray<string>[] alike) => alike.All(lines => lines.Length == alike[0].Length)
        ? alike[0].Select((_, index) => Range(alike.Select(lines => lines[index])))
        : alike[0].Select(line => alike.Select(lines => lines.FirstOrDefault(other => Numberless(other) == Numberless(line))).ToArray())
            .Where(lines => !lines.Contains(null)).Select(lines => Range(lines!));

    /// <summary>The one text, or the first and the last of several: <c>client0 … client999</c>.</summary>
    private static string Range(IEnumerable<string> texts)
    {
        string[] all = [.. texts.Distinct(StringComparer.Ordinal)];
        return all.Length == 1 ? all[0] : $"{all[0]} … {all[^1]}";
    }

    private static string Numberless(string text) => Digits().Replace(text, "#");

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
