using System.Collections.Concurrent;
using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Finds the chains, anchors files and copies that must be written: they follow the files that they are made of. Safe for
/// use by several threads.
/// </summary>
internal sealed class FileExaminer(FolderReader reader)
{
    /// <summary>The files that this run writes, as far as other certificates' files are made of them.</summary>
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    /// <summary>The files that are missing and for others to send.</summary>
    private readonly ConcurrentDictionary<string, bool> _awaited = new(StringComparer.Ordinal);

    /// <summary>Notes that a file is for others to send: until then nothing is made of it.</summary>
    public void Await(string path) => _awaited.TryAdd(path, true);

    /// <summary>Notes that this run writes a file.</summary>
    public void Note(string path) => _written.TryAdd(path, true);

    /// <summary>The chain and the copies of a certificate that must be written.</summary>
    /// <param name="change">What was found so far of the certificate: its request and its reasons.</param>
    public ImmutableArray<FileChange> Changes(CertificateChange change)
    {
        HashSet<string>? own = null;
        void NoteOwn(string path) => (own ??= new HashSet<string>(StringComparer.Ordinal)).Add(path);

        if (change.RequestReason is not null)
        {
            NoteOwn(change.Member.RequestFile);
        }

        if (change.Issues)
        {
            NoteOwn(change.Member.CertificateFile);
        }

        if (!change.Certificate.Formats.IsEmpty)
        {
            foreach (string path in new[] { change.Key != KeyAction.Keep ? change.Member.KeyFile : null, change.Issues ? change.Member.CertificateFile : null }
                .OfType<string>())
            {
                Note(path);
            }
        }

        ImmutableArray<FileChange>.Builder? changes = null;
        foreach (PlanStep step in change.Certificate.Steps.Where(step => step is HandOver or WriteChain))
        {
            Derivation file = change.Member.Derived(step);

            // What was adopted is as its maker left it, until what it is made of changes.
            bool isUnasked = change.IsAdopted && step is WriteChain && !file.Inputs.Any(_written.ContainsKey);
            if (!isUnasked && Examine(file, own) is { } reason)
            {
                NoteOwn(file.Output);
                Note(file.Output);
                (changes ??= ImmutableArray.CreateBuilder<FileChange>()).Add(new FileChange(step, reason));
            }
        }

        return changes?.ToImmutable() ?? [];
    }

    /// <summary>The final steps that must be done, in the order of the plan; what the files of formats are made of is looked at before them.</summary>
    public IEnumerable<FinalChange> FinalChanges(
        Plan plan, TrustExaminer trust, ReconciliationOptions options, CancellationToken cancellationToken)
    {
        (FinalStep Final, int? Number)[] files =
        [
            .. from final in plan.FinalSteps
               from number in final is { Step: WriteFormat, Replicas: { } fleet } ? options.Compared(fleet).Select(number => (int?)number) : Replication.Numbers(final.Replicas)
               select (final, number),
        ];
        var changes = new FinalChange?[files.Length];
        ILookup<bool, int> indices = Enumerable.Range(0, files.Length).ToLookup(index => files[index].Final.Step is WriteFormat);
        foreach (int index in indices[false])
        {
            cancellationToken.ThrowIfCancellationRequested();
            changes[index] = CopyOrAnchors(files[index].Final, files[index].Number, trust);
        }

        if (options.Passwords is { } passwords && indices.Contains(true))
        {
            // To open a store takes some milliseconds, so they are shared out.
            var formats = new FormatExaminer(reader, passwords, options.Seed);
            Parallel.ForEach(
                indices[true],
                new ParallelOptions { CancellationToken = cancellationToken },
                index => changes[index] = Format(files[index].Final, files[index].Number, formats));
        }

        return changes.OfType<FinalChange>();
    }

    private FinalChange? CopyOrAnchors(FinalStep final, int? number, TrustExaminer trust)
    {
        Derivation file = final.Derived(number);
        if (Examine(file, own: null) is not { } reason)
        {
            return null;
        }

        Note(file.Output);
        TrustChange? change = trust.Of(final, number);
        return new FinalChange(final, number, change is null ? reason : new Reason(change.Holder, change.ToString())) { Trust = change };
    }

    private FinalChange? Format(FinalStep final, int? number, FormatExaminer formats)
    {
        var format = (WriteFormat)final.Step;
        string[] sources = [.. format.Sources.At(number).All];
        return !sources.Any(_awaited.ContainsKey) && formats.Examine(format, number, sources.FirstOrDefault(_written.ContainsKey)) is { } finding
            ? new FinalChange(final, number, finding.Reason) { Replaces = finding.Replaces, IsDerived = finding.IsDerived }
            : null;
    }

    private Reason? Examine(Derivation file, HashSet<string>? own)
    {
        if (file.Inputs.Any(_awaited.ContainsKey))
        {
            return null;
        }

        FileContent output = reader.Read(file.Output);
        if (output.IsMissing)
        {
            return Reason.Missing;
        }

        string? changed = file.Inputs.FirstOrDefault(input => own?.Contains(input) == true || _written.ContainsKey(input));
        if (changed is not null)
        {
            return new Reason("follows", $"follows {changed}");
        }

        byte[]? expected = file.IsCopy
            ? reader.Read(file.Inputs[0]).Bytes
            : Bundle.TryMake(file.Inputs.Select(input => reader.Read(input).Bytes));
        return expected is not null && output.Bytes is { } bytes
            && (bytes.AsSpan().SequenceEqual(expected) || (file.IsPlaced && Bundle.HaveSame(bytes, expected)))
            ? null
            : new Reason("differs", $"not the same as {string.Join(" and ", file.Inputs)}");
    }
}
