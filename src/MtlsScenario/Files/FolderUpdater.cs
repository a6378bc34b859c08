using System.Collections.Concurrent;
using System.Collections.Immutable;
using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>
/// Carries out a reconciliation. A key is in place before its certificate, an issuer before what it signs, and what is
/// there stays whole at every moment, so that a run that is ended anywhere is completed by the next.
/// </summary>
internal sealed class FolderUpdater
{
    private readonly FolderReader _reader;
    private readonly FolderWriter _writer;
    private readonly IArtifactSource _source;
    private readonly Action<CertificateChange>? _done;
    private readonly ConcurrentQueue<(string Key, string Kept)> _putAside = new();
    private DateTimeOffset _now;

    /// <summary>Makes an updater.</summary>
    /// <param name="reader">Reads the folder.</param>
    /// <param name="writer">Writes the folder.</param>
    /// <param name="source">Makes what is new.</param>
    /// <param name="done">Told of every certificate that is done, also by several threads at once.</param>
    public FolderUpdater(
        FolderReader reader, FolderWriter writer, IArtifactSource source, Action<CertificateChange>? done = null)
    {
        (_reader, _writer, _source, _done) = (reader, writer, source, done);
    }

    /// <summary>Does all that the reconciliation asks for.</summary>
    /// <exception cref="InvalidOperationException">It has obstacles.</exception>
    /// <exception cref="IOException">The folder cannot be written; what was there is still there.</exception>
    /// <exception cref="OperationCanceledException">It was ended early; the next run completes it.</exception>
    public UpdateReport Run(Reconciliation reconciliation, CancellationToken cancellationToken)
    {
        if (!reconciliation.Obstacles.IsEmpty)
        {
            throw new InvalidOperationException("Nothing is written while there are obstacles.");
        }

        _now = reconciliation.Now;
        foreach (ImmutableArray<CertificateChange> group in ByFleet(reconciliation.Changes))
        {
            if (group is [{ Number: null } only])
            {
                cancellationToken.ThrowIfCancellationRequested();
                Update(only, flush: true, cancellationToken);
                continue;
            }

            var parallel = new ParallelOptions
            {
                CancellationToken = cancellationToken,
                MaxDegreeOfParallelism = Environment.ProcessorCount,
            };
            Parallel.ForEach(group, parallel, change => Update(change, flush: false, cancellationToken));
        }

        foreach (FinalChange final in reconciliation.FinalChanges)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? padded = final.Number is { } number ? final.Step.Replicas!.Padded(number) : null;
            Write(
                new Derivation(final.Step.Step),
                path => padded is null ? path : FileNames.ForReplica(path, padded),
                flush: final.Number is null);
        }

        if (reconciliation.Changes.Any(change => change is { Number: not null, HasWork: true })
            || reconciliation.FinalChanges.Any(final => final.Number is not null))
        {
            _writer.FlushAll();
        }

        return new UpdateReport([.. _putAside]);
    }

    private static IEnumerable<ImmutableArray<CertificateChange>> ByFleet(ImmutableArray<CertificateChange> changes)
    {
        for (int start = 0; start < changes.Length;)
        {
            int end = start + 1;
            while (changes[start].Number is not null
                && end < changes.Length
                && ReferenceEquals(changes[end].Certificate, changes[start].Certificate))
            {
                end++;
            }

            yield return changes.Slice(start, end - start);
            start = end;
        }
    }

    private void Update(CertificateChange change, bool flush, CancellationToken cancellationToken)
    {
        if (!change.HasWork)
        {
            return;
        }

        CertificateFiles files = change.Certificate.Files;
        if (change.TightensKey)
        {
            _writer.Tighten(change.Concrete(files.Key));
        }

        if (change.Key != KeyAction.Keep || change.RequestReason is not null || change.Issues)
        {
            Write(change, _source.Make(change, cancellationToken), flush);
        }

        foreach (FileChange file in change.Files)
        {
            Write(new Derivation(file.Step, change.Certificate), change.Concrete, flush);
        }

        _done?.Invoke(change);
    }

    private void Write(CertificateChange change, NewArtifacts made, bool flush)
    {
        CertificateFiles files = change.Certificate.Files;
        if (made.Key is { } key)
        {
            string path = change.Concrete(files.Key);
            if (change.Key == KeyAction.Replace && _writer.PutAside(path, _now) is { } kept)
            {
                _putAside.Enqueue((path, kept));
            }

            _writer.WriteKey(path, key, flush);
            Array.Clear(key);
        }

        if (made.Request is { } request)
        {
            _writer.WritePublic(change.Concrete(files.Request), request, flush);
        }

        if (made.Certificate is { } certificate)
        {
            _writer.WritePublic(change.Concrete(files.Certificate), certificate, flush);
        }
    }

    private void Write(Derivation file, Func<string, string> concrete, bool flush)
    {
        byte[]?[] inputs = [.. file.Inputs.Select(input => _reader.Read(concrete(input)).Bytes)];
        byte[] content = (file.IsCopy ? inputs[0] : Bundle.TryMake(inputs))
            ?? throw new FolderException(
                $"{concrete(file.Output)} cannot be made: {string.Join(", ", file.Inputs.Select(concrete))} cannot be read");
        _writer.WritePublic(concrete(file.Output), content, flush);
    }
}
