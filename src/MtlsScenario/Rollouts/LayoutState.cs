using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;

namespace MtlsScenario.Rollouts;

/// <summary>A layout with its files: those of a folder, or what <c>apply</c> would make on top of another layout's, in memory. It owns the latter.</summary>
internal sealed class LayoutState : IDisposable
{
    /// <summary>Of a larger fleet the first, the middle and the last are made, and those that are named.</summary>
    private const int LargestFleet = 1000;

    private readonly string? _root;
    private readonly MemoryFolder? _memory;
    private readonly Func<PlannedMember, FilesInUse> _locate;

    private LayoutState((Scenario Scenario, Plan Plan) layout, string? root, MemoryFolder? memory, Reconciliation? made, Func<LayoutState, Func<PlannedMember, FilesInUse>> locate)
    {
        ((Scenario, Plan), _root, _memory, Made) = (layout, root, memory, made);
        Files = new FolderReader(root, memory);
        _locate = locate(this);
        Artifacts = new FolderArtifacts(Scenario, Plan, Files)
        {
            Locate = _locate,
            Awaited =
            [
                .. (made?.Changes ?? []).Where(change => change.Awaited is { IsBridged: false })
                    .SelectMany(change => new[] { change.Member.CertificateFile, change.Member.ChainFile }).OfType<string>(),
            ],
        };
    }

    /// <summary>What the layout is.</summary>
    public Scenario Scenario { get; }

    /// <summary>What is planned of it.</summary>
    public Plan Plan { get; }

    /// <summary>Its files.</summary>
    public FolderReader Files { get; }

    /// <summary>What its ends have in hand.</summary>
    public FolderArtifacts Artifacts { get; }

    /// <summary>Where files of its external certificates were looked for; null for nowhere.</summary>
    public FolderReader? Provided { get; private init; }

    /// <summary>What was done to come to it from the one before; null where it was found.</summary>
    public Reconciliation? Made { get; }

    /// <summary>What lies in a folder, as far as the files tell what a scenario was when they were made.</summary>
    /// <param name="scenario">The scenario of the folder, which says the rest.</param>
    /// <param name="root">The folder.</param>
    public static LayoutState Deployed(Scenario scenario, string root) =>
        new((scenario, Planner.For(scenario)), root, null, null, state => new DeployedFiles(state.Scenario, state.Plan, state.Files).Of);

    /// <summary>What <c>apply</c> would make where nothing is.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="provided">Where the files of external certificates are.</param>
    /// <param name="now">The moment, UTC.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="FolderException">There is something in the way.</exception>
    public static LayoutState Of(Scenario scenario, FolderReader provided, DateTimeOffset now, CancellationToken cancellationToken) =>
        Apply(scenario, null, new MemoryFolder(), new ReconciliationOptions(), (provided, now), cancellationToken);

    /// <summary>What <c>apply</c> would make of another scenario on top of this one's files.</summary>
    /// <param name="scenario">The other scenario.</param>
    /// <param name="provided">Where its files of external certificates are; null where they are among this one's.</param>
    /// <param name="options">What is asked for beyond that.</param>
    /// <param name="now">The moment, UTC.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="FolderException">There is something in the way.</exception>
    public LayoutState Then(Scenario scenario, FolderReader? provided, ReconciliationOptions options, DateTimeOffset now, CancellationToken cancellationToken) =>
        Apply(scenario, _root, _memory?.Copy() ?? new MemoryFolder(), options, (provided, now), cancellationToken);

    /// <summary>The files from which a party works.</summary>
    public FilesInUse InUse(PlannedMember member) => _locate(member);

    /// <inheritdoc/>
    public void Dispose() => _memory?.Dispose();

    private static LayoutState Apply(
        Scenario scenario, string? root, MemoryFolder memory, ReconciliationOptions options, (FolderReader? Provided, DateTimeOffset Now) given, CancellationToken cancellationToken)
    {
        try
        {
            Plan plan = Planner.For(scenario);
            Provide(plan, given.Provided, memory);
            var reader = new FolderReader(root, memory);
            Reconciliation all = Reconciler.Run(
                plan, reader, options with { LargestFleet = LargestFleet, Replicas = Named(scenario) }, given.Now, cancellationToken);
            if (all.Obstacles is [var first, ..])
            {
                throw new FolderException(first.Message, first.Hint);
            }

            using var artifacts = new NativeArtifacts(reader, all);
            new FolderUpdater(reader, null, artifacts).RunInMemory(all, memory, cancellationToken);
            return new LayoutState((scenario, plan), root, memory, all, _ => FilesInUse.Planned) { Provided = given.Provided };
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static void Provide(Plan plan, FolderReader? provided, MemoryFolder memory)
    {
        foreach (string path in plan.Certificates.Where(planned => planned.IsExternal)
            .SelectMany(planned => new[] { planned.Files.Certificate, planned.Files.Key, planned.Files.Chain, planned.Files.Crl }).OfType<string>())
        {
            if (provided?.Read(path).Bytes is { } bytes)
            {
                memory.WriteKey(path, bytes, KeyPlacement.Plain);
                Array.Clear(bytes);
            }
        }
    }

    private static ImmutableArray<int> Named(Scenario scenario) =>
    [
        .. scenario.Connections.SelectMany(connection => new[] { connection.From.Number, connection.To.Number }).OfType<int>()
            .Concat(scenario.Parties.SelectMany(party => party.Certificates).SelectMany(use => use.Certificate.Revoked?.Of is { } of ? of : []))
            .Distinct(),
    ];
}
