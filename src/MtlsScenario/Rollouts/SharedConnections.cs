using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Rollouts;

/// <summary>The connections of two layouts, by what becomes of them.</summary>
/// <param name="Kept">Those with the same ends of which the same is expected.</param>
/// <param name="Ended">Those that there are no more.</param>
/// <param name="Begun">Those that there were not.</param>
/// <param name="Turned">Those of which the contrary is expected from now on.</param>
internal sealed record SharedConnections(
    ImmutableArray<SharedConnection> Kept, ImmutableArray<Connection> Ended, ImmutableArray<Connection> Begun, ImmutableArray<SharedConnection> Turned)
{
    /// <summary>Pairs the connections of two layouts; of several alike in their order.</summary>
    public static SharedConnections Of(Scenario old, Scenario made)
    {
        var (left, kept) = Pair(old.Connections, made.Connections, connection => (connection.From, connection.To, connection.PresentsNothing, connection.Expect));
        var (rest, turned) = Pair(left.Old, left.New, connection => (connection.From, connection.To, connection.PresentsNothing));
        return new SharedConnections(kept, rest.Old, rest.New, turned);
    }

    private static ((ImmutableArray<Connection> Old, ImmutableArray<Connection> New) Left, ImmutableArray<SharedConnection> Pairs) Pair<TKey>(
        ImmutableArray<Connection> old, ImmutableArray<Connection> made, Func<Connection, TKey> key)
        where TKey : notnull
    {
        var waiting = old.GroupBy(key).ToDictionary(group => group.Key, group => new Queue<Connection>(group));
        var begun = new List<Connection>();
        var pairs = new List<SharedConnection>();
        foreach (Connection connection in made)
        {
            if (waiting.TryGetValue(key(connection), out Queue<Connection>? same) && same.TryDequeue(out Connection? before))
            {
                pairs.Add(new SharedConnection(before, connection));
            }
            else
            {
                begun.Add(connection);
            }
        }

        var ended = waiting.Values.SelectMany(queue => queue).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return (([.. old.Where(ended.Contains)], [.. begun]), [.. pairs]);
    }
}

/// <summary>A connection as two layouts have it: what is its caller's (the host, the version, when) may differ.</summary>
/// <param name="Old">As it was.</param>
/// <param name="New">As it is to be.</param>
internal sealed record SharedConnection(Connection Old, Connection New)
{
    /// <summary>Such as <c>amy -> bob</c>.</summary>
    public override string ToString() => $"{New.From} -> {New.To}";
}
