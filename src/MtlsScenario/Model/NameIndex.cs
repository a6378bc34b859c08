namespace MtlsScenario.Model;

/// <summary>
/// Finds things by name without going through all of them each time. It follows from the things, which stand beside it in a
/// record, so it makes no difference between two records.
/// </summary>
/// <param name="all">The things.</param>
/// <param name="namesOf">The names of each; asked for when something is first looked for.</param>
internal sealed class NameIndex<T>(IEnumerable<T> all, Func<T, IEnumerable<string>> namesOf)
    where T : class
{
    private readonly Lazy<ILookup<string, T>> _byName = new(() => all
        .SelectMany(namesOf, (one, name) => (one, name))
        .ToLookup(pair => pair.name, pair => pair.one, StringComparer.Ordinal));

    /// <summary>All with that name, in their order.</summary>
    public IEnumerable<T> this[string name] => _byName.Value[name];

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NameIndex<T>;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}
