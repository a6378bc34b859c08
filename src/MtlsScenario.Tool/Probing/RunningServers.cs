using System.Collections.Immutable;
using MtlsScenario.Faults;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Probing;

/// <summary>Plays the callers of a scenario against servers that run already, in the place of the scenario's.</summary>
/// <param name="servers">The servers, at least one.</param>
/// <param name="message">What is sent first where a server's protocol is not known.</param>
internal sealed class RunningServers(ImmutableArray<RunningServer> servers, ReadOnlyMemory<byte> message) : IHandshakeStack
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "running";

    /// <summary>They alone.</summary>
    public StackSelection Selection => new([new StackChoice(this)], [], ImmutableSortedDictionary<string, string>.Empty);

    /// <inheritdoc/>
    public bool PlaysServer => false;

    /// <summary>The scenario with those of its connections that are made to one of the servers; of replicas with those that run.</summary>
    public Scenario Of(Scenario scenario) => scenario with { Connections = [.. scenario.Connections.SelectMany(Chosen)] };

    /// <inheritdoc/>
    public async Task<Verdict> TryAsync(Trial trial, TrialArtifacts artifacts, CancellationToken cancellationToken)
    {
        if (trial.Connection.At is not null)
        {
            return new Verdict.NotTried("the server runs now, and at no other time");
        }

        ServerAddress address = servers.First(server => server.Party == trial.Server.Party && (server.Number ?? trial.Server.Number) == trial.Server.Number).Address;
        string host = trial.Connection.Host == trial.Server.Certificate.Listen.Host ? address.Address.Host : trial.Connection.Host;
        using var trust = new ServerTrust(artifacts.Client.Anchors, artifacts.Client.Crls);
        Forged.Identity identity = trial.Connection.PresentsNothing ? FaultForge.Nothing : new Forged.Identity(artifacts.Client.Chain, artifacts.Client.Key);
        Observation observed = await new ServerCaller(address.Target(host, message) with { Timeout = s_patience }, trust)
            .CallAsync(new ProbeCall([Prober.VersionOf(trial.Offered)], identity), cancellationToken).ConfigureAwait(false);
        Verdict verdict = RunningServerVerdict.Of(observed, trial.Offered, trial.Offered < trial.Server.Certificate.MinimumTls, trial.Connection.Because);
        return verdict is Verdict.Accepted && !observed.WasAsked
            ? new Verdict.Inconclusive("the server answered, and did not ask for a certificate")
            : verdict;
    }

    private IEnumerable<Connection> Chosen(Connection connection)
    {
        RunningServer[] own = [.. servers.Where(server => server.Party == connection.To.Party)];
        return own.Any(server => server.Number is null)
            ? [connection]
            : own.Where(server => connection.To.Selection != ReplicaSelection.One || connection.To.Number == server.Number)
                .Select(server => connection with { To = new MtlsScenario.Model.ConnectionEnd(server.Party, ReplicaSelection.One, server.Number) });
    }
}

/// <summary>Where a party's server runs.</summary>
/// <param name="Party">The party's name.</param>
/// <param name="Number">Which of its replicas; null for the only one, or for all.</param>
/// <param name="Address">Where.</param>
internal sealed record RunningServer(string Party, int? Number, ServerAddress Address);
