using System.Text;
using MtlsScenario.Graphs;
using Xunit;

namespace MtlsScenario.Tests.Graphs;

/// <summary>What of a large scenario is drawn as one, and what is not.</summary>
public sealed class GraphGroupingTests
{
    [Fact]
    public void Sixty_certificates_are_drawn_as_they_are()
    {
        ScenarioGraph graph = Graph(Clients(58), withSteps: false);

        Assert.Same(graph, GraphGrouping.Of(graph));
        Assert.NotSame(graph = Graph(Clients(59), withSteps: false), GraphGrouping.Of(graph));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void A_mesh_of_few_has_more_connections_than_can_be_followed(int count, bool isOne)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(number => $"p{number}")];
        string parties = string.Concat(names.Select((name, at) => $"  {name}: {{ peer: {{ subject: /CN={name}, issuer: ca, listen: 'localhost:{2000 + at}' }} }}\n"));
        string connections = string.Concat(names.SelectMany(from => names.Where(to => to != from).Select(to => $"  - {from} -> {to}\n")));

        ScenarioGraph drawn = GraphGrouping.Of(Graph(
            $"name: mesh\nauthorities: {{ ca: {{ subject: /CN=ca }} }}\nparties:\n{parties}connections:\n{connections}", withSteps: false));

        Assert.Equal(isOne ? 1 : count, drawn.Parties.Length);
        Assert.Equal(isOne ? 1 : count * (count - 1), drawn.Connections.Length);
    }

    [Fact]
    public void Clients_that_are_alike_are_one_box_with_a_count_and_one_connection()
    {
        ScenarioGraph drawn = GraphGrouping.Of(Graph(Clients(100, "  - { from: p7, to: bob, tls: \"1.3\" }\n"), withSteps: true));

        Assert.Equal(["bob", "p0 … p99 × 99", "p7"], drawn.Parties.Select(party => party.Title));
        GraphCertificate client = drawn.Parties[1].Certificates.Single();
        Assert.Equal(("p0_client … p99_client", 99, "ca", "ca"), (client.Stem, client.Replicas, client.Issuer, client.Trusts.Single()));
        Assert.Equal(["/CN=p0 … /CN=p99", "ec-p256, 365d"], client.Details.AsEnumerable());
        Assert.Equal(["p0 … p99 × 99 → bob ✓ accepted: 99 connections", "p7 → bob ✓ accepted: offers TLS 1.3"], Texts(drawn));
        Assert.Equal(Enumerable.Range(1, drawn.Steps.Length), drawn.Steps.Select(step => step.Number));
        Assert.Contains(drawn.Steps, step => step.Text.StartsWith("[p0, client side, and 98 alike] generates p0_client.key", StringComparison.Ordinal));
        Assert.EndsWith("Those that are alike are drawn as one; graph --all draws each.", drawn.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mesh_in_which_each_has_an_authority_of_its_own_is_two_boxes()
    {
        const int Count = 40;
        var text = new StringBuilder("name: mesh\nauthorities:\n");
        string all = string.Join(", ", Enumerable.Range(0, Count).Select(number => $"ca{number}"));
        for (int number = 0; number < Count; number++)
        {
            text.Append($"  ca{number}: {{ subject: /CN=ca{number} }}\n");
        }

        text.Append("parties:\n");
        for (int number = 0; number < Count; number++)
        {
            text.Append($"  p{number}: {{ peer: {{ subject: /CN=p{number}, issuer: ca{number}, listen: 'localhost:{2000 + number}', trusts: [{all}] }} }}\n");
        }

        text.Append("connections:\n");
        for (int from = 0; from < Count; from++)
        {
            text.Append(string.Concat(Enumerable.Range(0, Count).Where(to => to != from).Select(to => $"  - p{from} -> p{to}\n")));
        }

        ScenarioGraph drawn = GraphGrouping.Of(Graph(text.ToString(), withSteps: false));

        Assert.Equal(("ca0 … ca39", Count), (drawn.Authorities.Single().Stem, drawn.Authorities.Single().Replicas));
        Assert.Equal("p0 … p39 × 40", drawn.Parties.Single().Title);
        Assert.Equal(["p0 … p39 × 40, one to another ✓ accepted: 1560 connections"], Texts(drawn));
    }

    [Fact]
    public void What_is_told_apart_by_an_authority_or_farther_away_is_told_apart()
    {
        // Half of the clients call a server that trusts another root: nothing about the clients themselves says so.
        var text = new StringBuilder("name: halves\nauthorities: { ca: { subject: /CN=ca }, other: { subject: /CN=other } }\nparties:\n");
        text.Append("  bob: { server: { subject: /CN=bob, issuer: ca, listen: 'localhost:2000' } }\n");
        text.Append("  eve: { server: { subject: /CN=eve, issuer: ca, listen: 'localhost:2001', trusts: [ca, other] } }\n");
        text.Append(string.Concat(Enumerable.Range(0, 70).Select(number => $"  p{number}: {{ client: {{ subject: /CN=p{number}, issuer: ca }} }}\n")));
        text.Append("connections:\n");
        text.Append(string.Concat(Enumerable.Range(0, 70).Select(number => $"  - p{number} -> {(number < 30 ? "bob" : "eve")}\n")));

        ScenarioGraph drawn = GraphGrouping.Of(Graph(text.ToString(), withSteps: false));

        Assert.Equal(["bob", "eve", "p0 … p29 × 30", "p30 … p69 × 40"], drawn.Parties.Select(party => party.Title));
        Assert.Equal(2, drawn.Authorities.Length);
    }

    /// <summary>A box that stands for many shows that they are revoked, and why, or that none is.</summary>
    [Fact]
    public void What_is_revoked_is_told_apart_by_its_reason_and_whether_it_is_all_of_a_fleet()
    {
        string text = Clients(100);
        foreach ((string name, string more) in new[]
        {
            ("p3", "revoked: keyCompromise"), ("p5", "revoked: keyCompromise, names: ['uri:spiffe://a/5']"), ("p8", "revoked: { reason: keyCompromise, at: 2026-01-02T03:04:05Z }"),
            ("p20", "revoked: { reason: keyCompromise, at: 2026-02-03T03:04:05Z }"), ("p40", "revoked: superseded"), ("p41", "names: ['uri:spiffe://a/41']"),
        })
        {
            text = text.Replace($"/CN={name},", $"/CN={name}, {more},", StringComparison.Ordinal);
        }

        foreach ((string name, string replicas) in new[] { ("p50", "[1, 2, 3]"), ("p51", "[2]"), ("p52", "[3]"), ("p53", "") })
        {
            string revoked = replicas.Length == 0 ? "" : $", revoked: {{ of: {replicas} }}";
            text = text.Replace($"{name}: {{ client: {{ subject: /CN={name}", $"{name}: {{ replicas: 3, client: {{ subject: '/CN={name}-{{n}}'{revoked}", StringComparison.Ordinal);
        }

        ScenarioGraph drawn = GraphGrouping.Of(Graph(text, withSteps: false));

        Assert.Equal(
            [
                "bob: ",
                "p0 … p99 × 91: ",
                "p3 … p5 × 2: revoked altogether, ✗ revoked: keyCompromise",
                "p8 … p20 × 2: revoked altogether, ✗ revoked: keyCompromise, since 2026-01-02T03:04:05Z … ✗ revoked: keyCompromise, since 2026-02-03T03:04:05Z",
                "p40: revoked altogether, ✗ revoked: superseded",
                "p50 × 3: revoked altogether, ✗ revoked: replicas 1–3, without a reason",
                "p51 … p52 × 6: ✗ revoked: replicas 2, without a reason … ✗ revoked: replicas 3, without a reason",
                "p53 × 3: ",
            ],
            drawn.Parties.Select(party => (Party: party, Certificate: party.Certificates.Single())).Select(pair =>
                $"{pair.Party.Title}: {(pair.Certificate.IsRevoked ? "revoked altogether, " : "")}{pair.Certificate.Details.SingleOrDefault(line => line.Contains("revoked", StringComparison.Ordinal))}"));
    }

    private static ScenarioGraph Graph(string text, bool withSteps) => GraphBuilder.For(ScenarioLoader.Parse(text), withSteps);

    private static string Clients(int count, string more = "")
    {
        var text = new StringBuilder("name: clients\ndefaults: { key: ec-p256 }\nauthorities: { ca: { subject: /CN=ca } }\nparties:\n  bob: { server: { subject: /CN=bob, issuer: ca } }\n");
        text.Append(string.Concat(Enumerable.Range(0, count).Select(number => $"  p{number}: {{ client: {{ subject: /CN=p{number}, issuer: ca }} }}\n")));
        text.Append("connections:\n").Append(more);
        text.Append(string.Concat(Enumerable.Range(0, count).Where(number => number != 7 || more == "").Select(number => $"  - p{number} -> bob\n")));
        return text.ToString();
    }

    private static IEnumerable<string> Texts(ScenarioGraph graph) =>
        graph.Connections.Select(connection => $"{connection.Ends} {connection.Marked}: {string.Join(", ", connection.Conditions)}").Order(StringComparer.Ordinal);
}
