using System.Collections.Concurrent;
using System.Collections.Immutable;
using MtlsScenario.Files;
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

    /// <summary>Notes that this run writes a file.</summary>
    public void Note(string path) => _written.TryAdd(path, true);

    /// <summary>The chain and the copies of a certificate that must be written.</summary>
    /// <param name="change">What was found so far of the certificate: its request and its reasons.</param>
    public ImmutableArray<FileChange> Changes(CertificateChange change)
    {
        HashSet<string>? own = null;
        void NoteOwn(string path) => (own ??= new HashSet<string>(StringComparer.Ordinal)).Add(path);

        PlannedCertificate planned = change.Certificate;
        if (change.RequestReason is not null)
        {
            NoteOwn(change.Concrete(planned.Files.Request));
        }

        if (change.Issues)
        {
            NoteOwn(change.Concrete(planned.Files.Certificate));
        }

        ImmutableArray<FileChange>.Builder? changes = null;
        foreach (PlanStep step in planned.Steps)
        {
            if (step is HandOver or WriteChain && Reason(new Derivation(step, planned), change.Concrete, own) is { } reason)
            {
                string output = change.Concrete(new Derivation(step, planned).Output);
                NoteOwn(output);
                Note(output);
                (changes ??= ImmutableArray.CreateBuilder<FileChange>()).Add(new FileChange(step, reason));
            }
        }

        return changes?.ToImmutable() ?? [];
    }

    /// <summary>The final steps that must be done.</summary>
    public IEnumerable<FinalChange> FinalChanges(Plan plan, TrustExaminer trust, CancellationToken cancellationToken)
    {
        foreach (FinalStep final in plan.FinalSteps.Where(final => final.Step is not WriteFormat))
        {
            for (int number = 1; number <= (final.Replicas?.Count ?? 1); number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int? replica = final.Replicas is null ? null : number;
                string Concrete(string path) => FileNames.ForReplica(path, replica);
                if (Reason(new Derivation(final.Step), Concrete, own: null) is { } reason)
                {
                    Note(Concrete(final.Step.Output));
                    TrustChange? change = trust.Of(final, replica);
                    yield return new FinalChange(final, replica, change?.ToString() ?? reason) { Trust = change };
                }
            }
        }
    }

    private string? Reason(Derivation file, Func<string, string> concrete, HashSet<string>? own)
    {
        string[] inputs = [.. file.Inputs.Select(concrete)];
        FileContent output = reader.Read(concrete(file.Output));
        if (output.IsMissing)
        {
            return "missing";
        }

        string? changed = inputs.FirstOrDefault(input => own?.Contains(input) == true || _written.ContainsKey(input));
        if (changed is not null)
        {
            return $"follows {changed}";
        }

        byte[]? expected = file.IsCopy
            ? reader.Read(inputs[0]).Bytes
            : Bundle.TryMake(inputs.Select(input => reader.Read(input).Bytes));
        return expected is not null && output.Bytes is { } bytes && bytes.AsSpan().SequenceEqual(expected)
            ? null
            : $"not the same as {string.Join(" and ", inputs)}";
    }
}
