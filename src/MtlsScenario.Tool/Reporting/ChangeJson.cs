using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Model;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A reconciliation for programs: what <c>plan --json</c> and <c>apply --json</c> print.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Folder">The folder, as the user called it.</param>
/// <param name="InStep">Whether there was nothing to do and nothing in the way.</param>
/// <param name="Applied">Whether it was done.</param>
/// <param name="Certificates">What is new of each certificate; of a fleet, of those replicas of which anything is.</param>
/// <param name="Obstacles">What is in the way; with any, nothing is written.</param>
/// <param name="Warnings">What the user should know.</param>
/// <param name="Unused">What earlier scenarios left of anchors and chains, while programs may still be pointed at it.</param>
/// <param name="Strangers">The files that belong to nobody in the scenario.</param>
/// <param name="PutAside">The keys that were replaced, and where they are kept.</param>
internal sealed record ChangeJson(
    string Scenario,
    string Folder,
    bool InStep,
    bool Applied,
    ImmutableArray<ChangeJson.Certificate> Certificates,
    ImmutableArray<ChangeJson.ObstacleJson> Obstacles,
    ImmutableArray<string> Warnings,
    ImmutableArray<ChangeJson.UnusedJson> Unused,
    ImmutableArray<string> Strangers,
    ImmutableArray<ChangeJson.KeptKey> PutAside)
{
    /// <summary>What ends within the time that was asked for, soonest first; null where none was.</summary>
    public ImmutableArray<EndingJson>? Ending { get; init; }

    /// <summary>What others have to send.</summary>
    public ImmutableArray<AwaitedJson> Awaited { get; init; } = [];

    /// <summary>What can be left out of the scenario by now.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The form of a reconciliation.</summary>
    /// <param name="reconciliation">What was found.</param>
    /// <param name="folder">The folder, as the user called it.</param>
    /// <param name="report">What was done; null where nothing was.</param>
    /// <param name="hint">What would mend an obstacle, in words.</param>
    public static ChangeJson Of(Reconciliation reconciliation, string folder, UpdateReport? report, Func<Obstacle, string?> hint)
    {
        HashSet<(string Stem, int? Number)> done =
            [.. reconciliation.Changes.Select(change => (change.Certificate.Stem, change.Number))];
        ILookup<(string Stem, int? Number), FinalChange> finals =
            reconciliation.FinalChanges.ToLookup(final => (final.Step.Stem, final.Number));
        return new ChangeJson(
            reconciliation.Plan.Name,
            folder,
            !reconciliation.HasWork && reconciliation.Obstacles.IsEmpty && reconciliation.Awaited.IsEmpty,
            report is not null,
            [
                .. reconciliation.Changes.Select(change => Of(change, finals[(change.Certificate.Stem, change.Number)])),
                .. finals.Where(rest => !done.Contains(rest.Key)).Select(rest => Of(
                    new CertificateChange { Certificate = reconciliation.Plan[rest.Key.Stem], Number = rest.Key.Number, WasThere = true }, rest)),
            ],
            [.. reconciliation.Obstacles.Select(obstacle => new ObstacleJson(obstacle.Stem, obstacle.Message, hint(obstacle)))],
            reconciliation.Warnings,
            [.. reconciliation.Unused.Select(file => new UnusedJson(file.Path, file.Stem, file.Holds, TrustJson.Of(file.Trust)))],
            reconciliation.Strangers,
            [.. (report?.PutAside ?? []).Select(kept => new KeptKey(kept.Key, kept.Kept))])
        {
            Awaited = [.. reconciliation.Awaited.Select(file => new AwaitedJson(file.Stem, file.File, file.From, file.Request, file.After))],
            Notes = reconciliation.Notes,
        };
    }

    private static Certificate Of(CertificateChange change, IEnumerable<FinalChange> finals) => new(
        change.Stem,
        change.Key switch
        {
            KeyAction.Keep => "keep",
            KeyAction.Generate => "generate",
            KeyAction.Replace => "replace",
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        change.Certificate.Key is { } key ? KeyNames.Of(key) : null,
        change.KeyReason?.Text,
        change.TightensKey,
        change.RequestReason?.Text,
        change.Issues,
        [.. change.Reasons.Select(reason => reason.Text)],
        [
            .. change.Files.Select(file =>
                new FileJson(change.Member.Derived(file.Step).Output, file.Reason.Text, null)),
            .. finals.Select(final => new FileJson(final.Output, final.Reason.Text, TrustJson.Of(final.Trust))),
        ]);

    /// <summary>What is new of one certificate.</summary>
    /// <param name="Stem">Its file stem.</param>
    /// <param name="Key">What becomes of its key: <c>keep</c>, <c>generate</c> or <c>replace</c>.</param>
    /// <param name="Algorithm">The kind of its key, as the scenario says it.</param>
    /// <param name="KeyReason">Why the key is new, or null.</param>
    /// <param name="TightensKey">Whether the key is closed to others than its owner.</param>
    /// <param name="RequestReason">Why the request is new, or null.</param>
    /// <param name="Issued">Whether the certificate is new.</param>
    /// <param name="Reasons">Why the certificate is new.</param>
    /// <param name="Files">The chain, the anchors and the copies that are new.</param>
    internal sealed record Certificate(
        string Stem,
        string Key,
        string? Algorithm,
        string? KeyReason,
        bool TightensKey,
        string? RequestReason,
        bool Issued,
        ImmutableArray<string> Reasons,
        ImmutableArray<FileJson> Files);

    /// <summary>A file that is new.</summary>
    /// <param name="Path">Relative to the folder.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Trust">How what its holder trusts changes with it, or null.</param>
    internal sealed record FileJson(string Path, string Reason, TrustJson? Trust);

    /// <summary>A change of what a party trusts.</summary>
    /// <param name="Party">The party.</param>
    /// <param name="Anchors">The authorities that it trusts from now on.</param>
    /// <param name="Added">Those that it did not trust before, as far as the files tell.</param>
    /// <param name="Removed">What it trusted before: authorities or, of what the scenario does not know, subjects.</param>
    internal sealed record TrustJson(
        string Party, ImmutableArray<string> Anchors, ImmutableArray<string> Added, ImmutableArray<string> Removed)
    {
        /// <summary>The form of a change, or null.</summary>
        public static TrustJson? Of(TrustChange? change) =>
            change is null ? null : new TrustJson(change.Holder, change.Anchors, change.Added, change.Removed);
    }

    /// <summary>A file that is no longer used.</summary>
    /// <param name="Path">Relative to the folder.</param>
    /// <param name="Stem">The certificate that it belonged to.</param>
    /// <param name="Holds">Whose certificates are in it.</param>
    /// <param name="Trust">What is no longer trusted and it still holds, or null.</param>
    internal sealed record UnusedJson(string Path, string Stem, ImmutableArray<string> Holds, TrustJson? Trust);

    /// <summary>What is awaited.</summary>
    /// <param name="Stem">Of which certificate.</param>
    /// <param name="File">Where it is to be put, relative to the folder.</param>
    /// <param name="From">The authority that sends it; null where it is provided.</param>
    /// <param name="Request">The request that goes to it, or null.</param>
    /// <param name="After">The file that makes it possible to issue it here, or null.</param>
    internal sealed record AwaitedJson(string Stem, string File, string? From, string? Request, string? After);

    /// <summary>What is in the way.</summary>
    /// <param name="Stem">Of which certificate.</param>
    /// <param name="Message">What it is.</param>
    /// <param name="Hint">What would mend it, or null.</param>
    internal sealed record ObstacleJson(string Stem, string Message, string? Hint);

    /// <summary>What ends soon, or has ended.</summary>
    /// <param name="Stem">The stem of the certificate, or of the authority whose CRL it is.</param>
    /// <param name="File">Relative to the folder.</param>
    /// <param name="Kind"><c>certificate</c> or <c>crl</c>.</param>
    /// <param name="Ends">Its notAfter or nextUpdate, RFC 3339, UTC.</param>
    internal sealed record EndingJson(string Stem, string File, string Kind, string Ends);

    /// <summary>A key that was replaced.</summary>
    /// <param name="Key">Where it was.</param>
    /// <param name="KeptAs">Where it is now.</param>
    internal sealed record KeptKey(string Key, string KeptAs);
}

/// <summary>How <see cref="ChangeJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChangeJson))]
internal sealed partial class ChangeJsonContext : JsonSerializerContext;
