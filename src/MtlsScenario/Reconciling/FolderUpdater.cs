using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Seeding;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Carries out a reconciliation. A key is in place before its certificate, an issuer before what it signed, and what is
/// there stays whole at every moment, so that a run that is ended anywhere is completed by the next.
/// </summary>
internal sealed class FolderUpdater
{
    private readonly FolderReader _reader;
    private readonly FolderWriter? _writer;
    private readonly IArtifactSource _source;
    private readonly Action<CertificateChange>? _done;

    /// <summary>The changes whose files are in the batch.</summary>
    private readonly List<CertificateChange> _waiting = [];

    private CrlWriter? _crls;
    private DateTimeOffset _now;
    private StorePasswords? _passwords;
    private KeySeed? _seed;

    /// <summary>Makes an updater.</summary>
    /// <param name="reader">Reads the folder.</param>
    /// <param name="writer">Writes the folder; null where all stays in memory.</param>
    /// <param name="source">Makes what is new.</param>
    /// <param name="done">Told of every certificate that is done, also by several threads at once.</param>
    public FolderUpdater(
        FolderReader reader, FolderWriter? writer, IArtifactSource source, Action<CertificateChange>? done = null)
    {
        (_reader, _writer, _source, _done) = (reader, writer, source, done);
    }

    /// <summary>Does all that the reconciliation asks for.</summary>
    /// <exception cref="InvalidOperationException">It has obstacles.</exception>
    /// <exception cref="IOException">The folder cannot be written; what was there is still there.</exception>
    /// <exception cref="OperationCanceledException">It was ended early; the next run completes it.</exception>
    public UpdateReport Run(Reconciliation reconciliation, CancellationToken cancellationToken)
    {
        CrlWriter crls = Begin(reconciliation);
        FolderWriter writer = _writer ?? throw new InvalidOperationException("There is no folder to write.");
        crls.WriteFirst(writer, cancellationToken);
        ImmutableArray<CertificateChange> work = [.. reconciliation.Changes.Where(change => change.HasWork)];
        using (var batch = new FileBatch(writer))
        {
            foreach (ImmutableArray<CertificateChange> group in ByFleet(work, change => change.Number is null ? null : change.Certificate))
            {
                Update(group, batch, cancellationToken);
            }

            Complete(batch);
            _passwords = reconciliation.Passwords;
            foreach (ImmutableArray<FinalChange> group in ByFleet(reconciliation.FinalChanges, final => final.Number is null ? null : final.Step))
            {
                Write(group, reconciliation.Plan[group[0].Step.Stem].KeyAccess, batch, cancellationToken);
            }

            Complete(batch);
        }

        if (work.Any(change => change.Number is not null)
            || reconciliation.FinalChanges.Any(final => final.Number is not null))
        {
            writer.FlushAll();
        }

        return new UpdateReport([.. writer.PutAside]);
    }

    /// <summary>Does all that the reconciliation asks for, but nothing on disk.</summary>
    /// <param name="reconciliation">What there is to do.</param>
    /// <param name="memory">What the reader looks at before the folder.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InvalidOperationException">It has obstacles.</exception>
    public void RunInMemory(Reconciliation reconciliation, MemoryFolder memory, CancellationToken cancellationToken)
    {
        Begin(reconciliation).WriteFirst(memory, cancellationToken);
        _passwords = reconciliation.Passwords;
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        foreach (ImmutableArray<CertificateChange> group in ByFleet(
            [.. reconciliation.Changes.Where(change => change.HasWork)], change => change.Number is null ? null : change.Certificate))
        {
            Parallel.ForEach(group, parallel, change => Update(change, memory, cancellationToken));
        }

        foreach (FinalChange final in reconciliation.FinalChanges)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(final, reconciliation.Plan[final.Step.Stem].KeyAccess, memory, cancellationToken);
        }
    }

    private CrlWriter Begin(Reconciliation reconciliation)
    {
        if (!reconciliation.Obstacles.IsEmpty)
        {
            throw new InvalidOperationException("Nothing is written while there are obstacles.");
        }

        (_now, _seed) = (reconciliation.Now, reconciliation.Seed);
        return _crls = new CrlWriter(reconciliation, _reader, _source);
    }

    /// <summary>What stands together because it is of the same fleet; what is of none stands alone.</summary>
    private static IEnumerable<ImmutableArray<T>> ByFleet<T>(ImmutableArray<T> changes, Func<T, object?> fleetOf)
    {
        for (int start = 0; start < changes.Length;)
        {
            int end = start + 1;
            while (end < changes.Length && fleetOf(changes[start]) is { } fleet && ReferenceEquals(fleetOf(changes[end]), fleet))
            {
                end++;
            }

            yield return changes.Slice(start, end - start);
            start = end;
        }
    }

    /// <summary>Updates a certificate, or all replicas of a fleet, whose files are flushed together in the end.</summary>
    private void Update(ImmutableArray<CertificateChange> group, FileBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (group is [{ Number: null } only])
        {
            if (batch.IsFull)
            {
                Complete(batch);
            }

            Update(only, batch, cancellationToken);
            _waiting.Add(only);
            return;
        }

        // The replicas' files take their places at once, and so must those that they follow.
        Complete(batch);
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        };
        Parallel.ForEach(group, parallel, change =>
        {
            Update(change, _writer!, cancellationToken);
            _done?.Invoke(change);
        });
    }

    private void Complete(FileBatch batch)
    {
        batch.Complete();
        _waiting.ForEach(change => _done?.Invoke(change));
        _waiting.Clear();
    }

    private void Update(CertificateChange change, IFileSink sink, CancellationToken cancellationToken)
    {
        if (change.TightensKey)
        {
            _writer?.Tighten(change.Member.KeyFile);
        }

        if (change.Key != KeyAction.Keep || change.RequestReason is not null || change.Issues)
        {
            Write(change, _source.Make(change, cancellationToken), sink);
        }

        foreach (FileChange file in change.Files)
        {
            Write(change.Member.Derived(file.Step), sink);
        }
    }

    private void Write(CertificateChange change, NewArtifacts made, IFileSink sink)
    {
        if (made.Key is { } key)
        {
            var placement = new KeyPlacement(change.Certificate.KeyAccess, change.ReplacedKey, _now);
            sink.WriteKey(change.Member.KeyFile, key, placement);
            Array.Clear(key);
        }

        if (made.Request is { } request)
        {
            sink.WritePublic(change.Member.RequestFile, request);
        }

        if (made.Certificate is { } certificate)
        {
            sink.WritePublic(change.Member.CertificateFile, certificate);
        }
    }

    /// <summary>Does a final step, for one or for all replicas of a fleet, whose files are flushed together in the end.</summary>
    private void Write(ImmutableArray<FinalChange> group, KeyAccess access, FileBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (group is [{ Number: null } only])
        {
            if (batch.IsFull)
            {
                Complete(batch);
            }

            Write(only, access, batch, cancellationToken);
            return;
        }

        Complete(batch);
        Parallel.ForEach(group, new ParallelOptions { CancellationToken = cancellationToken }, final => Write(final, access, _writer!, cancellationToken));
    }

    private void Write(FinalChange final, KeyAccess access, IFileSink sink, CancellationToken cancellationToken)
    {
        if (_crls!.TryWrite(final, sink, cancellationToken))
        {
            return;
        }

        if (final.Step.Step is not WriteFormat format)
        {
            Write(final.Step.Derived(final.Number), sink);
            return;
        }

        using FormatParts? parts = FormatParts.TryRead(format, final.Number, path => sink.Waiting(path) ?? _reader.Read(path).Bytes);
        byte[] content = (parts is null ? null : FormatMaker.Make(format.Kind, parts, new FormatProtection(_passwords!.Of(format), format.Encryption) { Seed = _seed }))
            ?? throw new FolderException(
                $"{final.Output} cannot be made: {string.Join(", ", format.Sources.At(final.Number).All)} cannot be read");
        if (format.HoldsKey)
        {
            sink.WriteKey(final.Output, content, new KeyPlacement(access, final.Replaces, _now) { IsDerived = final.IsDerived });
            Array.Clear(content);
        }
        else
        {
            sink.WritePublic(final.Output, content);
        }
    }

    private void Write(Derivation file, IFileSink sink)
    {
        byte[]?[] inputs = [.. file.Inputs.Select(input => sink.Waiting(input) ?? _reader.Read(input).Bytes)];
        byte[] content = (file.IsCopy ? inputs[0] : Bundle.TryMake(inputs))
            ?? throw new FolderException(
                $"{file.Output} cannot be made: {string.Join(", ", file.Inputs)} cannot be read");
        sink.WritePublic(file.Output, content);
    }
}
