using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>
/// The mixed states of the connections whose both ends change. A connection's fate depends on its two ends alone, so that any
/// order of the parties passes through exactly one of its two mixed states; where one end stays as it is, each of them is the old layout or the new one.
/// </summary>
internal sealed class MixedTrials : IEndArtifactsSource
{
    private readonly LayoutState _old;
    private readonly LayoutState _new;
    private readonly EndComparison _ends;
    private readonly HashSet<(string Party, int Number)> _named;
    private readonly HashSet<TrialEnd> _changed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, PartyChange> _parties = new(StringComparer.Ordinal);

    /// <summary>Finds what changes, and what is to be tried.</summary>
    /// <param name="old">The layout that is.</param>
    /// <param name="made">The layout that is to be.</param>
    /// <param name="connections">Their connections.</param>
    public MixedTrials(LayoutState old, LayoutState made, SharedConnections connections)
    {
        (_old, _new, _ends) = (old, made, new EndComparison(old, made));
        _named =
        [
            .. old.Scenario.Connections.Concat(made.Scenario.Connections)
                .SelectMany(connection => new[] { connection.From, connection.To })
                .Where(end => end.Selection == ReplicaSelection.One)
                .Select(end => (end.Party, end.Number!.Value)),
        ];
        foreach (Party party in made.Scenario.Parties.Where(party => old.Scenario.Parties.Any(other => other.Name == party.Name)))
        {
            NoteParty(old.Scenario.Party(party.Name), party);
        }

        Trials = [.. connections.Kept.SelectMany(Of)];
        Changes = [.. _parties.Values.Where(change => !change.Differences.IsEmpty)];
    }

    /// <summary>The parties that change.</summary>
    public ImmutableArray<PartyChange> Changes { get; }

    /// <summary>What is to be tried.</summary>
    public ImmutableArray<MixedTrial> Trials { get; }

    /// <summary>Whether both ends of a connection are the same before and after.</summary>
    public bool Keeps(Trial before, Trial after) => _ends.Of(before.Client, after.Client).IsEmpty && _ends.Of(before.Server, after.Server).IsEmpty;

    /// <inheritdoc/>
    public object? KeyOf(TrialEnd end) => end.Number is null ? (_changed.Contains(end), end.Party, end.Certificate.Role) : null;

    /// <inheritdoc/>
    public EndArtifactsResult Read(TrialEnd end) => (_changed.Contains(end) ? _new : _old).Artifacts.Read(end);

    private void NoteParty(Party before, Party after)
    {
        foreach (PartyCertificate use in after.Certificates)
        {
            if (before.Find(use.Role) is not { } former)
            {
                Note(after.Name, [new PartyDifference(ChangedAspect.Certificate, Planning.FileNames.Stem(after, use.Role) + " (new)")]);
                continue;
            }

            foreach (int? number in Numbers(after).Intersect(Numbers(before)))
            {
                var was = new TrialEnd(before.Name, number, former);
                Note(NodeOf(was), _ends.Of(was, new TrialEnd(after.Name, number, use)), _ends.EndOf(was));
            }
        }
    }

    private IEnumerable<int?> Numbers(Party party) => party.Replicas is { } count
        ? new Replication(count).Sample.Union(_named.Where(named => named.Party == party.Name && named.Number <= count).Select(named => named.Number)).Select(number => (int?)number)
        : [null];

    private void Note(string node, ImmutableArray<PartyDifference> differences, DateTimeOffset? ends = null)
    {
        PartyChange known = _parties.GetValueOrDefault(node) ?? new PartyChange(node, []);
        _parties[node] = known with
        {
            // Of a group the first speaks for all.
            Differences = [.. known.Differences.Concat(differences).DistinctBy(difference => (difference.Aspect, Template(difference.Now)))],
            Ends = known.Ends < ends ? known.Ends : ends ?? known.Ends,
        };
    }

    private static string Template(string text) => string.Concat(text.Where(character => !char.IsAsciiDigit(character)));

    private string NodeOf(TrialEnd end) => end.Number is { } number && _named.Contains((end.Party, number))
        ? string.Create(CultureInfo.InvariantCulture, $"{end.Party}[{number}]")
        : end.Party;

    private IEnumerable<MixedTrial> Of(SharedConnection connection)
    {
        (TrialEnd Client, TrialEnd Server)[] old = Ends(_old.Scenario, connection.Old);
        var made = Ends(_new.Scenario, connection.New).ToDictionary(ends => (ends.Client.Number, ends.Server.Number));
        bool callsOtherwise = NoteCaller(connection);
        foreach ((TrialEnd client, TrialEnd server) in old)
        {
            // A replica is not mixed with itself.
            if (!made.TryGetValue((client.Number, server.Number), out (TrialEnd Client, TrialEnd Server) now)
                || (client.Party == server.Party && client.Number == server.Number)
                || (!callsOtherwise && _ends.Of(client, now.Client).IsEmpty)
                || _ends.Of(server, now.Server).IsEmpty)
            {
                continue;
            }

            foreach (MixedTrial mixed in Mix(connection, MixedState.CallerFirst, now.Client, server).Concat(Mix(connection, MixedState.CalledFirst, client, now.Server)))
            {
                yield return mixed;
            }
        }
    }

    /// <summary>Whether the caller does anything else than before that is its own to do, but for its certificate.</summary>
    private bool NoteCaller(SharedConnection connection)
    {
        (Connection old, Connection made) = (connection.Old, connection.New);
        string node = made.From.Number is { } number ? NodeOf(new TrialEnd(made.From.Party, number, null!)) : made.From.Party;
        if (old.Host != made.Host)
        {
            Note(node, [new PartyDifference(ChangedAspect.Host, $"{made.To} as {made.Host}", old.Host)]);
        }

        if (old.Tls != made.Tls)
        {
            Note(node, [new PartyDifference(ChangedAspect.Tls, $"{made.To} with {EndComparison.NameOf(made.Tls)}", EndComparison.NameOf(old.Tls))]);
        }

        return old.Host != made.Host || old.Tls != made.Tls;
    }

    private IEnumerable<MixedTrial> Mix(SharedConnection connection, MixedState state, TrialEnd client, TrialEnd server)
    {
        Connection called = (state == MixedState.CallerFirst ? connection.New : connection.Old) with { By = null, Because = null };
        foreach (TlsVersion version in TrialSet.Versions(called, client.Certificate, server.Certificate))
        {
            // An end is known by its object, for the same end can be there in both states, word for word.
            (TrialEnd caller, TrialEnd other) = (client with { }, server with { });
            _changed.Add(state == MixedState.CallerFirst ? caller : other);
            yield return new MixedTrial(connection, state, NodeOf(client), NodeOf(server), new Trial(called, caller, other, version));
        }
    }

    private static (TrialEnd Client, TrialEnd Server)[] Ends(Scenario scenario, Connection connection) =>
        [.. TrialSet.Sample(scenario with { Connections = [connection] }).Trials.Select(trial => (trial.Client, trial.Server)).DistinctBy(ends => (ends.Client.Number, ends.Server.Number))];
}

/// <summary>A handshake between an end that is changed and one that is not.</summary>
/// <param name="Connection">Of which connection.</param>
/// <param name="State">Which end is changed.</param>
/// <param name="Caller">The party that calls, as the order knows it.</param>
/// <param name="Called">The party that is called, as the order knows it.</param>
/// <param name="Trial">What is tried.</param>
internal sealed record MixedTrial(SharedConnection Connection, MixedState State, string Caller, string Called, Trial Trial);
