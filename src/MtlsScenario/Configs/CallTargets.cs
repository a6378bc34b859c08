using System.Collections.Immutable;
using System.Net;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>Finds in a scenario's connections whom a party calls.</summary>
internal static class CallTargets
{
    /// <summary>
    /// The servers that the party calls, in the order of the connections, each once. Of several connections to one server, one
    /// that is expected to be accepted, with a certificate and now, is taken first.
    /// </summary>
    public static ImmutableArray<CallTarget> Of(Scenario scenario, PartyReference caller) =>
    [
        .. from connection in scenario.Connections
           where caller.IsAt(connection.From) && scenario.Party(connection.To.Party).Called is not null
           group connection by connection.To.ToString() into same
           let connection = same.OrderBy(Oddness).First()
           select Of(connection, scenario.Party(connection.To.Party).Called!.Listen),
    ];

    /// <summary>The connection's target.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="listen">Where its server listens.</param>
    public static CallTarget Of(Connection connection, ListenAddress listen)
    {
        string authority = new ListenAddress(connection.Host, listen.Port).ToString();
        bool isElsewhere = !string.Equals(connection.Host, listen.Host, StringComparison.OrdinalIgnoreCase) && !IsAny(listen.Host);
        return new CallTarget(
            new Uri($"https://{authority}/", UriKind.Absolute),
            connection.To,
            isElsewhere ? listen : null,
            connection.Tls,
            connection.PresentsNothing);
    }

    /// <summary>How far a connection is from what one tries first: to be accepted, with a certificate, now.</summary>
    public static int Oddness(Connection connection) =>
        (connection.Expect == Outcome.Accepted ? 0 : 4)
        + (connection.PresentsNothing ? 2 : 0)
        + (connection.At is null ? 0 : 1);

    /// <summary>Whether a server there can be reached under whatever name its machine has.</summary>
    private static bool IsAny(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
