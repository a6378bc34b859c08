using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A reconciliation for programs: what <c>plan --json</c> and <c>apply --json</c> print.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Folder">The folder, as the user called it.</param>
/// <param name="InStep">Whether there was nothing to do and nothing in the way.</param>
/// <param name="Applied">Whether it was done.</param>
/// <param name="Certificates">What is new of each certificate; of a fleet, of those replicas of which anything is.</param>
/// <param name="Obstacles">What is in the way; with any, nothing is written.</param>
/// <param name="Warnings">What the user should know.</param>
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
    ImmutableArray<string> Strangers,
    ImmutableArray<ChangeJson.KeptKey> PutAside)
{
    /// <summary>The form of a reconciliation.</summary>
    public static ChangeJson Of(Reconciliation reconciliation, string folder, UpdateReport? done)
    {
        ILookup<(string Stem, int? Number), FinalChange> finals =
            reconciliation.FinalChanges.ToLookup(final => (final.Step.Stem, final.Number));
        return new ChangeJson(
            reconciliation.Plan.Name,
            folder,
            !reconciliation.HasWork && reconciliation.Obstacles.IsEmpty,
            done is not null,
            [.. reconciliation.Changes.Select(change => Of(change, finals[(change.Certificate.Stem, change.Number)]))],
            [.. reconciliation.Obstacles.Select(obstacle => new ObstacleJson(obstacle.Stem, obstacle.Message, obstacle.Hint))],
            reconciliation.Warnings,
            reconciliation.Strangers,
            [.. (done?.PutAside ?? []).Select(kept => new KeptKey(kept.Key, kept.Kept))]);
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
        change.KeyReason,
        change.TightensKey,
        change.RequestReason,
        change.Issues,
        change.Reasons,
        [
            .. change.Files.Select(file =>
                new FileJson(change.Concrete(new Derivation(file.Step, change.Certificate).Output), file.Reason)),
            .. finals.Select(final => new FileJson(change.Concrete(final.Step.Step.Output), final.Reason)),
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
    internal sealed record FileJson(string Path, string Reason);

    /// <summary>What is in the way.</summary>
    /// <param name="Stem">Of which certificate.</param>
    /// <param name="Message">What it is.</param>
    /// <param name="Hint">What would mend it, or null.</param>
    internal sealed record ObstacleJson(string Stem, string Message, string? Hint);

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
