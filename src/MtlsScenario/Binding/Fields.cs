using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>A mapping of the scenario format, which has a known set of keys.</summary>
/// <param name="owner">Where the thing that it describes is named: what it lacks is reported there.</param>
/// <param name="entries">What is written; null for nothing.</param>
internal sealed class Fields(SourcePosition owner, MappingNode? entries)
{
    /// <summary>Where the thing that it describes is named.</summary>
    public SourcePosition Owner => owner;

    /// <summary>What is written for that key, or null.</summary>
    public Field? this[string key] => entries?.Find(key) is { } entry ? new Field(key, entry.Value) : null;

    /// <summary>Where the value of that key is, or the owner where it is not written.</summary>
    public SourcePosition PositionOf(string key) => this[key]?.Position ?? owner;

    /// <summary>Reports every key that is not known.</summary>
    /// <param name="known">The keys that may be here.</param>
    /// <param name="what">What this is, such as <c>a connection</c>.</param>
    /// <param name="faults">Where the faults go.</param>
    /// <param name="elsewhere">Keys that belong to other things, with what they are for: a better explanation than unknown.</param>
    public void CheckKeys(
        IReadOnlyCollection<string> known, string what, FaultList faults, ImmutableDictionary<string, string>? elsewhere = null)
    {
        foreach (MappingEntry entry in entries?.Entries ?? [])
        {
            string key = entry.Key.Value;
            if (known.Contains(key))
            {
                continue;
            }

            if (elsewhere is not null && elsewhere.TryGetValue(key, out string? owners))
            {
                faults.Error(entry.Key.Position, DiagnosticCodes.MisplacedKey, $"{key} is a key of {owners}, not of {what}");
                continue;
            }

            faults.Error(
                entry.Key.Position,
                DiagnosticCodes.UnknownKey,
                $"{VisibleText.Quoted(key)} is not a key of {what}",
                NearestName.Hint(key, known) ?? $"its keys are {string.Join(", ", known)}");
        }
    }

    /// <summary>Reports that a key is missing.</summary>
    public void Missing(string key, string what, FaultList faults, string? hint = null) =>
        faults.Error(owner, DiagnosticCodes.MissingKey, $"{what} has no {key}", hint);
}
