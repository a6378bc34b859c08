using System.Globalization;

namespace MtlsScenario.Benchmarks;

/// <summary>What is issued.</summary>
internal static class Scenarios
{
    /// <summary>The article's two parties, with keys of a kind.</summary>
    public static string AmyBob(string key) =>
        $$"""
        name: amy-bob
        defaults: { key: {{key}} }
        authorities:
          ca: { subject: /CN=my-ca }
        parties:
          bob:
            server: { subject: /CN=localhost, issuer: ca }
          amy:
            client: { subject: /CN=amy-client, issuer: ca }
        connections:
          - amy -> bob
        """;

    /// <summary>Peers that each call each other.</summary>
    public static string Mesh(int peers)
    {
        string[] names = [.. Enumerable.Range(1, peers).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number}"))];
        string parties = string.Concat(names.Select(name => $"  {name}: {{ peer: {{ subject: /CN={name}, names: [localhost], issuer: ca }} }}\n"));
        string connections = string.Concat(names.SelectMany(from => names.Where(to => to != from).Select(to => $"  - {from} -> {to}\n")));
        return $"name: mesh\ndefaults: {{ key: ec-p256 }}\nauthorities: {{ ca: {{ subject: /CN=ca }} }}\nparties:\n{parties}connections:\n{connections}";
    }

    /// <summary>Clients of one server, each of which calls it once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="more">What each client's certificate says besides.</param>
    public static string Callers(int count, string more = "")
    {
        string[] names = [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"c{number}"))];
        string parties = string.Concat(names.Select(name => $"  {name}: {{ client: {{ subject: /CN={name}, {more}issuer: ca }} }}\n"));
        string connections = string.Concat(names.Select(name => $"  - {{ from: {name}, to: bob, tls: \"1.3\" }}\n"));
        return $"name: callers\ndefaults: {{ key: ec-p256 }}\nauthorities: {{ ca: {{ subject: /CN=ca }} }}\n"
            + $"parties:\n  bob: {{ server: {{ subject: /CN=localhost, names: [localhost], issuer: ca }} }}\n{parties}connections:\n{connections}";
    }

    /// <summary>A CA and that many leaves.</summary>
    public static string Fleet(int leaves) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        name: fleet
        defaults: { key: ec-p256, request: false }
        authorities:
          ca: { subject: /CN=fleet-ca }
        parties:
          device:
            replicas: {{leaves}}
            client: { subject: "/CN=device-{n}", issuer: ca, trusts: [ca] }
        """);
}
