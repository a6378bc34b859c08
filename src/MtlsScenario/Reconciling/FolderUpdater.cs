using System.Collections.Immutable;
using System.Numerics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Carries out a reconciliation. A key is in place before its certificate, an issuer before what it signed, and what is
/// there stays whole at every moment, so that a run that is ended anywhere is completed by the next.
/// </summary>
internal sealed class FolderUpdater
{
    private readonly FolderReader _reader;
    private readonly FolderWriter _writer;
    private readonly IArtifactSource _source;
    private readonly Action<CertificateChange>? _done;

    /// <summary>The changes whose files are in the batch.</summary>
    private readonly List<CertificateChange> _waiting = [];

    /// <summary>The numbers of the lists that were made before anything else.</summary>
    private readonly Dictionary<string, BigInteger> _first = new(StringComparer.Ordinal);

    private Plan? _plan;
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

        (_now, _plan) = (reconciliation.Now, reconciliation.Plan);
        foreach (FinalChange final in reconciliation.FinalChanges.Where(final => final.Crl is { ComesFirst: true }))
        {
            WriteFirst((SignCrl)final.Step.Step, final.Crl!);
        }

        ImmutableArray<CertificateChange> work = [.. reconciliation.Changes.Where(change => change.HasWork)];
        using (var batch = new FileBatch(_writer))
        {
            foreach (ImmutableArray<CertificateChange> group in ByFleet(work))
            {
                Update(group, batch, cancellationToken);
            }

            Complete(batch);
            foreach (FinalChange final in reconciliation.FinalChanges)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(final, batch);
            }

            Complete(batch);
        }

        if (work.Any(change => change.Number is not null)
            || reconciliation.FinalChanges.Any(final => final.Number is not null))
        {
            _writer.FlushAll();
        }

        return new UpdateReport([.. _writer.PutAside]);
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
            Update(change, _writer, cancellationToken);
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
            _writer.Tighten(change.Member.KeyFile);
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

    private void Write(FinalChange final, FileBatch batch)
    {
        if (batch.IsFull)
        {
            Complete(batch);
        }

        switch (final.Step.Step)
        {
            case SignCrl sign:
                batch.WritePublic(sign.CrlFile, Make(sign, final.Crl!, batch));
                return;
            case WriteCrls write:
                byte[] bundle = CrlBundle.Make(write.CrlFiles.Select(file => batch.Waiting(file) ?? _reader.Read(file).Bytes))
                    ?? throw new FolderException($"{final.Output} cannot be made: {string.Join(", ", write.CrlFiles)} cannot be read");
                (final.Number is null ? batch : (IFileSink)_writer).WritePublic(final.Output, bundle);
                return;
        }

        Write(final.Step.Derived(final.Number), final.Number is null ? batch : _writer);
    }

    /// <summary>
    /// A list with what is known already, by the authority as it is: what is revoked is on it before its certificate is replaced.
    /// </summary>
    private void WriteFirst(SignCrl step, CrlChange change)
    {
        if (_reader.Read(step.Issuer.CertificateFile).Bytes is not { } bytes || !ParsedCertificate.TryRead(bytes, out ParsedCertificate? authority))
        {
            return;
        }

        CrlContent content = change.Memory.Next(step.Template, change.Memory.With(change.Entries), (authority.NotBefore, authority.NotAfter), _now);
        _writer.WritePublic(step.CrlFile, _source.Make(new CrlOrder(step, content, authority, ComesFirst: true)));
        _first[step.CrlFile] = content.Number;
    }

    private byte[] Make(SignCrl step, CrlChange change, FileBatch batch)
    {
        ParsedCertificate authority = ReadCertificate(step.Issuer.CertificateFile, batch);
        IEnumerable<CrlEntry> pending = change.Pending.Select(pair => change.Memory.EntryOf(
            ReadCertificate(Replication.Fill(_plan![pair.Certificate.Stem].Files.Certificate, pair.Number), batch).SerialBytes,
            pair.Certificate.Revocation.Reason,
            pair.Certificate.Revocation.At,
            _now));
        CrlContent content = change.Memory.Next(
            step.Template, change.Memory.With(change.Entries.Concat(pending)), (authority.NotBefore, authority.NotAfter), _now);
        if (_first.TryGetValue(step.CrlFile, out BigInteger number))
        {
            content = content with { Number = BigInteger.Max(content.Number, number + 1) };
        }

        return _source.Make(new CrlOrder(step, content, authority, ComesFirst: false));
    }

    private ParsedCertificate ReadCertificate(string path, IFileSink sink) =>
        (sink.Waiting(path) ?? _reader.Read(path).Bytes) is { } bytes && ParsedCertificate.TryRead(bytes, out ParsedCertificate? certificate)
            ? certificate
            : throw new FolderException($"{path} cannot be read");

    private void Write(Derivation file, IFileSink sink)
    {
        byte[]?[] inputs = [.. file.Inputs.Select(input => sink.Waiting(input) ?? _reader.Read(input).Bytes)];
        byte[] content = (file.IsCopy ? inputs[0] : Bundle.TryMake(inputs))
            ?? throw new FolderException(
                $"{file.Output} cannot be made: {string.Join(", ", file.Inputs)} cannot be read");
        sink.WritePublic(file.Output, content);
    }
}
