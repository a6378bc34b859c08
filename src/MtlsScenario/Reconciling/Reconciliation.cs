using System.Collections.Immutable;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;

namespace MtlsScenario.Reconciling;

/// <summary>A plan compared with what is on disk: what is to be done, and what is in the way.</summary>
internal sealed record Reconciliation
{
    /// <summary>The plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The moment to which relative dates refer, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// In the plan's order, every certificate of its own, and of a fleet those replicas for which there is anything to do.
    /// </summary>
    public required ImmutableArray<CertificateChange> Changes { get; init; }

    /// <summary>The final steps that are done.</summary>
    public ImmutableArray<FinalChange> FinalChanges { get; init; } = [];

    /// <summary>The passwords of stores and encrypted keys; null where formats were not compared. They are the caller's.</summary>
    public StorePasswords? Passwords { get; init; }

    /// <summary>From which keys, serial numbers and salts come; null to draw them.</summary>
    public KeySeed? Seed { get; init; }

    /// <summary>What is in the way; with any, nothing may be written.</summary>
    public ImmutableArray<Obstacle> Obstacles { get; init; } = [];

    /// <summary>What the user should know, in sentences.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What earlier scenarios left of anchors and chains; the warnings speak of it.</summary>
    public ImmutableArray<UnusedFile> Unused { get; init; } = [];

    /// <summary>The files in the folder that belong to nobody in the scenario but for those, relative, sorted.</summary>
    public ImmutableArray<string> Strangers { get; init; } = [];

    /// <summary>What others have to send, in the order of the plan.</summary>
    public ImmutableArray<AwaitedFile> Awaited { get; init; } = [];

    /// <summary>What can be left out of the scenario by now, in sentences.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>
    /// Whether ends that work may no longer accept each other while only one has what is new: anchors, issuers or names change. All that is
    /// made for the first time, or for its dates alone, is no such change.
    /// </summary>
    public bool ChangesAcceptance => FinalChanges.Any(final => final.Trust is not null)
        || Changes.Any(change => change.WasThere && change.Reasons.Any(reason => reason.IsOfIdentity));

    /// <summary>Whether there is anything to do.</summary>
    public bool HasWork => !FinalChanges.IsEmpty || Changes.Any(change => change.HasWork);
}
