using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Handshakes;

/// <summary>
/// The trials of a scenario: of each connection the replicas that it names, and each version of TLS. They are counted without
/// being made, for of two fleets there may be a million times a million; beyond <see cref="Most"/> the first, the middle and
/// the last replica stand for all of a fleet.
/// </summary>
internal sealed class TrialSet
{
    /// <summary>How many are tried without being asked for.</summary>
    public const long Most = 1_000_000;

    private const int SampleSize = 3;

    private TrialSet(Scenario scenario, long most)
    {
        Scenario = scenario;
        Whole = CountOf(isSampled: false);
        IsSample = Whole > most && CountOf(isSampled: true) < Whole;
        Count = IsSample ? CountOf(isSampled: true) : Whole;
    }

    /// <summary>Whose connections are tried.</summary>
    public Scenario Scenario { get; }

    /// <summary>How many there are.</summary>
    public long Count { get; }

    /// <summary>How many there would be if every replica that is named were tried.</summary>
    public long Whole { get; }

    /// <summary>Whether some stand for all.</summary>
    public bool IsSample { get; }

    /// <summary>The trials in the order of the scenario's connections. They are made as they are read; a fleet makes no list.</summary>
    public IEnumerable<Trial> Trials =>
        from connection in Scenario.Connections
        let caller = Scenario.Party(connection.From.Party)
        let called = Scenario.Party(connection.To.Party)
        from client in Ends(connection.From, caller, caller.Calling)
        from server in Ends(connection.To, called, called.Called)
        from version in Versions(connection, client.Certificate, server.Certificate)
        select new Trial(connection, client, server, version);

    /// <summary>The trials of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="all">Whether all are to be tried, however many there are.</param>
    public static TrialSet Of(Scenario scenario, bool all = false) => new(scenario, all ? long.MaxValue : Most);

    /// <summary>The trials of a scenario in which the first, the middle and the last replica stand for all of a fleet.</summary>
    public static TrialSet Sample(Scenario scenario) => new(scenario, most: 0);

    /// <summary>A file of 1 MiB cannot say enough connections for the sum to leave the range, each of at most 2 × 10^12.</summary>
    private long CountOf(bool isSampled) => Scenario.Connections.Sum(connection =>
    {
        Party caller = Scenario.Party(connection.From.Party);
        Party called = Scenario.Party(connection.To.Party);
        return caller.Calling is not { } client || called.Called is not { } server
            ? 0
            : CountOf(connection.From, caller, isSampled) * CountOf(connection.To, called, isSampled) * Versions(connection, client, server).Length;
    });

    private static long CountOf(ConnectionEnd end, Party party, bool isSampled) => (party.Replicas, end.Selection) switch
    {
        (null, _) or (_, ReplicaSelection.One) => 1,
        ({ } count, ReplicaSelection.All) when !isSampled => count,
        ({ } count, _) => Math.Min(count, SampleSize),
    };

    private IEnumerable<TrialEnd> Ends(ConnectionEnd end, Party party, PartyCertificate? certificate) =>
        certificate is null ? [] : Numbers(end, party).Select(number => new TrialEnd(party.Name, number, certificate));

    private IEnumerable<int?> Numbers(ConnectionEnd end, Party party) => (party.Replicas, end.Selection) switch
    {
        (null, _) => [null],
        (_, ReplicaSelection.One) => [end.Number],
        ({ } count, ReplicaSelection.All) when !IsSample => Enumerable.Range(1, count).Select(number => (int?)number),
        ({ } count, _) => new Replication(count).Sample.Select(number => (int?)number),
    };

    /// <summary>The versions of TLS that a connection is tried with.</summary>
    public static ImmutableArray<TlsVersion> Versions(Connection connection, PartyCertificate client, PartyCertificate server)
    {
        if (connection.Tls is { } version)
        {
            return [version];
        }

        bool presentsMlDsa = client.Certificate.Key.IsMlDsa() && !connection.PresentsNothing;
        return server.MinimumTls == TlsVersion.Tls13 || presentsMlDsa ? [TlsVersion.Tls13] : [TlsVersion.Tls12, TlsVersion.Tls13];
    }
}
