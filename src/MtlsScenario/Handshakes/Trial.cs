using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>One handshake to be tried: a connection of a scenario, between two that are one each, with one version of TLS.</summary>
/// <param name="Connection">What it comes from, and what is expected of it.</param>
/// <param name="Client">The caller.</param>
/// <param name="Server">The called.</param>
/// <param name="Offered">The only version that the client offers.</param>
internal sealed record Trial(Connection Connection, TrialEnd Client, TrialEnd Server, TlsVersion Offered)
{
    /// <summary>Such as <c>amy -> bob</c>.</summary>
    public string Name => $"{Client} -> {Server}";

    /// <summary>
    /// All trials of a scenario in the order of its connections: of each the replicas that it names, and each version of TLS.
    /// </summary>
    /// <remarks>It is evaluated as it is read; a fleet of a million makes no list.</remarks>
    public static IEnumerable<Trial> Of(Scenario scenario) =>
        from connection in scenario.Connections
        let caller = scenario.Party(connection.From.Party)
        let called = scenario.Party(connection.To.Party)
        from client in Ends(connection.From, caller, caller.Calling)
        from server in Ends(connection.To, called, called.Called)
        from version in Versions(connection, server.Certificate)
        select new Trial(connection, client, server, version);

    private static IEnumerable<TrialEnd> Ends(ConnectionEnd end, Party party, PartyCertificate? certificate) =>
        certificate is null ? [] : Numbers(end, party).Select(number => new TrialEnd(party.Name, number, certificate));

    private static IEnumerable<int?> Numbers(ConnectionEnd end, Party party) => (party.Replicas, end.Selection) switch
    {
        (null, _) => [null],
        (_, ReplicaSelection.One) => [end.Number],
        ({ } count, ReplicaSelection.All) => Enumerable.Range(1, count).Select(number => (int?)number),
        ({ } count, _) => new int?[] { 1, (count + 1) / 2, count }.Distinct(),
    };

    private static ImmutableArray<TlsVersion> Versions(Connection connection, PartyCertificate server) => connection.Tls switch
    {
        { } version => [version],
        null when server.MinimumTls == TlsVersion.Tls13 => [TlsVersion.Tls13],
        null => [TlsVersion.Tls12, TlsVersion.Tls13],
    };
}
