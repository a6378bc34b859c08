using System.Collections.Immutable;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Tool.Reporting;

/// <summary>Sorts a reconciliation by certificate, and says what is new of each in words that serve a plan and a report alike.</summary>
internal static class ChangeEntries
{
    /// <summary>The entries, in the order of the plan.</summary>
    public static ImmutableArray<ChangeEntry> Of(Reconciliation reconciliation)
    {
        var groups = new Dictionary<string, ChangeEntry>(StringComparer.Ordinal);
        ILookup<(string Stem, int? Number), FinalChange> finals =
            reconciliation.FinalChanges.ToLookup(final => (final.Step.Stem, final.Number));
        foreach (CertificateChange change in reconciliation.Changes)
        {
            ImmutableArray<ChangeItem> items =
            [
                .. Items(change),
                .. finals[(change.Certificate.Stem, change.Number)].Select(Item),
            ];
            Add(groups, change.Certificate.Stem, change.Number, items);
        }

        // Replicas of which nothing but a copy or their anchors is new.
        HashSet<(string Stem, int? Number)> done =
            [.. reconciliation.Changes.Select(change => (change.Certificate.Stem, change.Number))];
        foreach (IGrouping<(string Stem, int? Number), FinalChange> rest in finals.Where(final => !done.Contains(final.Key)))
        {
            Add(groups, rest.Key.Stem, rest.Key.Number, [.. rest.Select(Item)]);
        }

        return [.. groups.Values];
    }

    /// <summary>Replicas of which the same is new become one entry; until then the files have no number.</summary>
    private static void Add(
        Dictionary<string, ChangeEntry> groups, string stem, int? number, ImmutableArray<ChangeItem> items)
    {
        // Reasons about the same belong together, whatever numbers and dates they name.
        string key = string.Join(
            '\n', items.Select(item => $"{item.What} {string.Join(',', item.Reasons.Select(reason => reason.About))}").Prepend(stem));
        groups[key] = groups.TryGetValue(key, out ChangeEntry? entry)
            ? entry with { Count = entry.Count + 1 }
            : new ChangeEntry(
                Replication.Fill(stem, number),
                1,
                [.. items.Select(item => item with { What = Replication.Fill(item.What, number) })]);
    }

    private static IEnumerable<ChangeItem> Items(CertificateChange change)
    {
        if (change.TightenedMode is { } mode)
        {
            string whom = mode.HasFlag(UnixFileMode.GroupRead) ? "its owner and group" : "its owner";
            yield return new ChangeItem($"key closed to others than {whom} ({KeyAccess.OctalOf(mode)})", []);
        }

        if (change.Key != KeyAction.Keep)
        {
            string kind = KeyNames.Of(change.Certificate.Key!.Value);
            yield return change.Key == KeyAction.Generate
                ? new ChangeItem($"new {kind} key{ForWhom(change.Certificate.KeyAccess)}", UnlessMissing(change.KeyReason))
                : new ChangeItem($"new {kind} key, the old one put aside", UnlessMissing(change.KeyReason));
        }

        if (change.RequestReason is { } request)
        {
            yield return new ChangeItem("new request", UnlessMissing(request));
        }

        if (change.Issues)
        {
            yield return new ChangeItem("new certificate", change.Reasons is [var only] && only == Reason.New ? [] : change.Reasons);
        }

        if (change.Awaited is { } awaited)
        {
            yield return new ChangeItem(awaited.From is { } from ? $"certificate awaited from {from}" : "certificate awaited", []);
        }

        foreach (FileChange file in change.Files)
        {
            string output = new Derivation(file.Step, change.Certificate).Output;
            yield return new ChangeItem($"new {output}", change.WasThere ? [file.Reason] : UnlessMissing(file.Reason));
        }
    }

    private static string ForWhom(KeyAccess access) => access switch
    {
        { Group: { } group } => $" ({access.Octal}, group {group})",
        _ when access == KeyAccess.OwnerOnly => "",
        _ => $" ({access.Octal})",
    };

    private static ChangeItem Item(FinalChange final) =>
        new($"new {final.Step.Step.Output}", UnlessMissing(final.Reason));

    private static ImmutableArray<Reason> UnlessMissing(Reason? reason) => reason is null || reason == Reason.Missing ? [] : [reason];
}
