using System.Collections.Immutable;

namespace MtlsScenario.Rollouts;

/// <summary>In which order things can be done of which some come before others.</summary>
/// <param name="Waves">Those that can be done, in waves: what comes before something stands in an earlier one.</param>
/// <param name="Circles">Those that cannot: what comes before itself, together.</param>
internal sealed record Ordering(ImmutableArray<ImmutableArray<string>> Waves, ImmutableArray<ImmutableArray<string>> Circles)
{
    /// <summary>Orders.</summary>
    /// <param name="nodes">What is to be ordered; that order is kept in a wave.</param>
    /// <param name="edges">What comes before what.</param>
    public static Ordering Of(IReadOnlyList<string> nodes, IReadOnlyCollection<(string Before, string After)> edges)
    {
        ILookup<string, string> after = edges.ToLookup(edge => edge.Before, edge => edge.After, StringComparer.Ordinal);
        var waves = new List<ImmutableArray<string>>();
        var left = new HashSet<string>(nodes, StringComparer.Ordinal);
        var open = nodes.ToDictionary(node => node, _ => 0, StringComparer.Ordinal);
        foreach ((string _, string to) in edges)
        {
            open[to]++;
        }

        while (nodes.Where(node => left.Contains(node) && open[node] == 0).ToImmutableArray() is { IsEmpty: false } wave)
        {
            waves.Add(wave);
            foreach (string node in wave)
            {
                left.Remove(node);
                foreach (string next in after[node])
                {
                    open[next]--;
                }
            }
        }

        return new Ordering([.. waves], [.. Circular([.. nodes.Where(left.Contains)], edges)]);
    }

    /// <summary>The shortest way that leads from a thing back to itself.</summary>
    /// <returns>The things on it, each before the next, and the last before the first.</returns>
    public static ImmutableArray<string> ShortestCircle(ImmutableArray<string> circle, IReadOnlyCollection<(string Before, string After)> edges)
    {
        ILookup<string, string> after = edges.ToLookup(edge => edge.Before, edge => edge.After, StringComparer.Ordinal);
        return circle.Select(start => Way(start, start, after)).OfType<ImmutableArray<string>>().MinBy(way => way.Length);
    }

    /// <summary>What leads both to and from each other (the strongly connected parts that have an edge), by Kosaraju's two walks.</summary>
    private static IEnumerable<ImmutableArray<string>> Circular(ImmutableArray<string> nodes, IReadOnlyCollection<(string Before, string After)> edges)
    {
        var inside = nodes.ToHashSet(StringComparer.Ordinal);
        var relevant = edges.Where(edge => inside.Contains(edge.Before) && inside.Contains(edge.After)).ToArray();
        ILookup<string, string> after = relevant.ToLookup(edge => edge.Before, edge => edge.After, StringComparer.Ordinal);
        ILookup<string, string> before = relevant.ToLookup(edge => edge.After, edge => edge.Before, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<string> finished = [.. nodes.SelectMany(node => Walk(node, after, seen))];
        seen.Clear();
        foreach (string node in Enumerable.Reverse(finished))
        {
            HashSet<string> part = [.. Walk(node, before, seen)];
            if (part.Count > 1 || (part.Count == 1 && after[node].Contains(node, StringComparer.Ordinal)))
            {
                yield return [.. nodes.Where(part.Contains)];
            }
        }
    }

    /// <summary>What can be come to and was not seen, each after all that it leads to.</summary>
    private static IEnumerable<string> Walk(string start, ILookup<string, string> next, HashSet<string> seen)
    {
        if (!seen.Add(start))
        {
            yield break;
        }

        var way = new Stack<(string Node, IEnumerator<string> Left)>([(start, next[start].GetEnumerator())]);
        while (way.TryPeek(out (string Node, IEnumerator<string> Left) top))
        {
            if (!top.Left.MoveNext())
            {
                way.Pop();
                yield return top.Node;
            }
            else if (seen.Add(top.Left.Current))
            {
                way.Push((top.Left.Current, next[top.Left.Current].GetEnumerator()));
            }
        }
    }

    private static ImmutableArray<string>? Way(string from, string to, ILookup<string, string> next)
    {
        var known = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var waiting = new Queue<string>([from]);
        while (waiting.TryDequeue(out string? node))
        {
            foreach (string following in next[node])
            {
                if (following == to)
                {
                    var way = new List<string>();
                    for (string? back = node; back is not null; back = known[back])
                    {
                        way.Insert(0, back);
                    }

                    return [.. way];
                }

                if (known.TryAdd(following, node))
                {
                    waiting.Enqueue(following);
                }
            }
        }

        return null;
    }
}
