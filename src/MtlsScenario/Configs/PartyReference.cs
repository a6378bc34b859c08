using System.Globalization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Configs;

/// <summary>One party, or one of a party's replicas.</summary>
/// <param name="Party">The party.</param>
/// <param name="Number">Which of its replicas, from 1; null where it has none.</param>
internal sealed record PartyReference(Party Party, int? Number)
{
    /// <summary>As written: <c>bob</c>, <c>device[3]</c>.</summary>
    public override string ToString() => Number is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{Party.Name}[{number}]")
        : Party.Name;

    /// <summary>What distinguishes its files from those of others: <c>bob</c>, <c>device-3</c>.</summary>
    public string FileStem => Number is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{Party.Name}-{number}")
        : Party.Name;

    /// <summary>Whether it is at that end of a connection.</summary>
    public bool IsAt(ConnectionEnd end) =>
        string.Equals(end.Party, Party.Name, StringComparison.Ordinal)
        && (end.Selection != ReplicaSelection.One || end.Number == Number);

    /// <summary>Reads <c>PARTY</c> or <c>PARTY[K]</c>.</summary>
    /// <param name="scenario">Where the party is.</param>
    /// <param name="text">What the user wrote.</param>
    /// <param name="why">Why there is none: a sentence without a full stop, safe to print; otherwise empty.</param>
    /// <returns>The party, or null.</returns>
    public static PartyReference? Read(Scenario scenario, string text, out string why)
    {
        int bracket = text.EndsWith(']') ? text.IndexOf('[', StringComparison.Ordinal) : -1;
        string name = bracket < 0 ? text : text[..bracket];
        Party? party = scenario.Parties.FirstOrDefault(party => string.Equals(party.Name, name, StringComparison.Ordinal));
        if (party is null)
        {
            string known = string.Join(", ", scenario.Parties.Select(party => party.Name));
            why = $"there is no party {VisibleText.Quoted(name)} in {scenario.Name}"
                + (known.Length == 0 ? "; it has no parties" : $"; it has {known}");
            return null;
        }

        why = "";
        if (party.Replicas is not { } count)
        {
            why = bracket < 0 ? "" : $"there is one {name} only; write {name} without a number";
            return bracket < 0 ? new PartyReference(party, null) : null;
        }

        if (bracket >= 0
            && int.TryParse(text.AsSpan(bracket + 1, text.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= count)
        {
            return new PartyReference(party, number);
        }

        why = string.Create(CultureInfo.InvariantCulture, $"say which of the {count}: {name}[1] to {name}[{count}]");
        return null;
    }
}
