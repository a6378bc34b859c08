using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Compares a plan with a folder: what must be made, what must be made again and why, and what is in the way. It reads and
/// never writes; there is no other record of what was done before than the files themselves.
/// </summary>
internal sealed class Reconciler : IDisposable
{
    private readonly Plan _plan;
    private readonly FolderKeys _keys;
    private readonly CertificateExaminer _examiner;
    private readonly FolderCrls _crls;
    private readonly ForgottenFinder _forgotten;
    private readonly RequestExaminer _requests;
    private readonly FileExaminer _files;
    private readonly SignedFinder _signed;
    private readonly KeyDecider _decider;
    private readonly AdoptedCertificates _adopted;
    private readonly OthersExaminer _others;
    private readonly ReconciliationOptions _options;
    private readonly Dictionary<string, ExpectedIssuer> _outlooks = new(StringComparer.Ordinal);
    private readonly List<CertificateChange> _changes = [];
    private readonly Findings _findings;

    private Reconciler(Plan plan, FolderReader reader, ReconciliationOptions options, DateTimeOffset now)
    {
        (_plan, _options) = (plan, options);
        _keys = new FolderKeys(reader.Read, reader.Status);
        _crls = new FolderCrls(plan, reader);
        _forgotten = new ForgottenFinder(plan, reader, MemoryOf, now);
        _examiner = new CertificateExaminer(reader, (issuer, serial) => MemoryOf(issuer).Find(serial) is not null, now, options.Renew);
        _requests = new RequestExaminer(reader);
        _findings = new Findings(reader);
        _files = new FileExaminer(reader);
        _signed = new SignedFinder(plan, reader, _keys);
        _adopted = new AdoptedCertificates(reader);
        _decider = new KeyDecider(options, _keys, _signed, _adopted);
        _others = new OthersExaminer(plan, new ExaminedFolder(reader, _keys, _adopted, _files, _findings), _decider, options.Renew, now);
    }

    /// <summary>Compares.</summary>
    /// <param name="plan">What there should be.</param>
    /// <param name="reader">What there is.</param>
    /// <param name="options">What is asked for beyond that.</param>
    /// <param name="now">The moment to which relative dates refer, UTC.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="FolderException">What is in the folder's place is none.</exception>
    public static Reconciliation Run(
        Plan plan,
        FolderReader reader,
        ReconciliationOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken = default)
    {
        reader.RequireFolder();
        reader = reader.Glance();
        using var reconciler = new Reconciler(plan, reader, options, now);
        foreach (PlannedCertificate planned in plan.Certificates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (planned is { IsExternal: true, IsAuthority: false })
            {
                reconciler._changes.AddRange(reconciler._others.ExamineProvided(planned, reconciler.Outlook(planned)));
            }
            else if (planned.IsExternal)
            {
                if (reconciler._others.ExamineAuthority(planned) is { } outlook)
                {
                    reconciler._outlooks.Add(planned.Stem, outlook);
                }
            }
            else if (planned.IsAuthority)
            {
                reconciler.ExamineAuthority(planned);
            }
            else
            {
                reconciler.ExamineParty(planned, cancellationToken);
            }
        }

        reconciler._findings.Add(ExternalAuthorityKeys.Obstacles(plan, reconciler._outlooks, reconciler._changes, reconciler._keys));
        reconciler._findings.Add(KeyGroupCheck.Obstacles(reconciler._changes, reader));
        var modes = new FolderModes(plan, reader);
        reconciler._findings.Add(modes.Obstacles());
        reconciler._findings.Warn(modes.Warnings(options.InvokingUser));
        Obstacle[] passwords = [.. options.Passwords?.Obstacles(plan) ?? []];
        reconciler._findings.Add(passwords);
        reconciler._findings.Warn(options.Passwords?.Warnings ?? []);
        if (passwords.Length > 0)
        {
            // Without them nothing can be said of the formats, and nothing is written.
            options = options with { Passwords = null };
        }

        var trust = new TrustExaminer(plan, reader);
        ImmutableArray<FinalChange> finalChanges =
        [
            .. reconciler._files.FinalChanges(plan, trust, options, cancellationToken),
            .. new CrlExaminer(plan, reader, reconciler._keys, reconciler.MemoryOf, now).Changes(
                reconciler._outlooks, reconciler._changes, reconciler._findings),
        ];
        reconciler._findings.Add(KeyGroupCheck.Obstacles(finalChanges, plan, reader));
        foreach (FinalChange final in finalChanges)
        {
            reconciler._findings.RequirePlaces(final.Step.Stem, [final.Output]);
        }

        ImmutableArray<string> strangers = UnplannedFileFinder.Find(plan, reader);
        reconciler._findings.Warn(reconciler._findings.Obstacles.Count == 0 ? reconciler._forgotten.Messages(strangers, reconciler._outlooks) : []);
        ImmutableArray<UnusedFile> unused = strangers.IsEmpty ? [] : [.. new UnusedFinder(plan, reader, trust).Find(strangers)];
        return new Reconciliation
        {
            Plan = plan,
            Now = now,
            Changes = [.. reconciler._changes],
            FinalChanges = finalChanges,
            Passwords = options.Passwords,
            Seed = options.Seed,
            Obstacles = [.. reconciler._findings.Obstacles],
            Warnings = [.. reconciler._findings.Warnings, .. unused.Select(file => file.Message)],
            Awaited = [.. reconciler._findings.Awaited],
            Notes = [.. reconciler._findings.Notes],
            Unused = unused,
            Strangers = [.. strangers.Except(unused.Select(file => file.Path), StringComparer.Ordinal)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _examiner.Dispose();
        _signed.Dispose();
    }

    private void ExamineAuthority(PlannedCertificate planned)
    {
        (KeyDecision key, Obstacle? obstacle) = _decider.OfAuthority(planned);
        if (obstacle is not null)
        {
            _findings.Add(obstacle);
        }

        ExpectedIssuer? issuer = Outlook(planned);
        bool waits = _others.IsAwaited(planned);
        if (key.OnDisk is KeyOnDisk.Unusable && obstacle is not null || planned.Issuer is not null && issuer is null && !waits)
        {
            // Nothing can be said of what is below an obstacle, and nothing will be written.
            return;
        }

        (CertificateChange? examined, ParsedCertificate? current) = waits ? _others.Wait(planned, null, key, issuer) : Complete(planned, null, key, issuer);
        if (examined is not { } change)
        {
            return;
        }

        _changes.Add(change);
        if (current is not null && !change.Issues)
        {
            _outlooks.Add(planned.Stem, ExpectedIssuer.Of(planned.Stem, current));
            return;
        }

        if (waits)
        {
            _others.Await(planned);
            return;
        }

        ReadOnlyMemory<byte>? publicKey = key.PublicKey;
        bool hasIdentifier = planned.Template!.Extensions.Any(extension => extension is PlannedExtension.SubjectKeyIdentifier);
        _outlooks.Add(planned.Stem, new ExpectedIssuer
        {
            Stem = planned.Stem,
            Subject = NameEncoder.Encode(planned.Template.Subject),
            SubjectPublicKeyInfo = publicKey,
            SubjectKeyIdentifier = hasIdentifier ? Identifier(publicKey) : null,
            Algorithm = planned.Key,
        });
    }

    private void ExamineParty(PlannedCertificate planned, CancellationToken cancellationToken)
    {
        ExpectedIssuer? issuer = Outlook(planned);
        if (issuer is null && !_others.IsAwaited(planned))
        {
            return;
        }

        if (planned.Replicas is null)
        {
            if (ExamineLeaf(planned, null, issuer) is { } only)
            {
                _changes.Add(only);
            }

            return;
        }

        int[] numbers = [.. _options.Compared(planned.Replicas)];
        var changes = new CertificateChange?[numbers.Length];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        _findings.Sort(() => Parallel.For(0, numbers.Length, parallel, index =>
        {
            changes[index] = ExamineLeaf(planned, numbers[index], issuer) is { HasWork: true } change ? change : null;
        }));
        _changes.AddRange(changes.OfType<CertificateChange>());
    }

    /// <summary>What is to be done; null where nothing can be said, for the key is in the way.</summary>
    private CertificateChange? ExamineLeaf(PlannedCertificate planned, int? number, ExpectedIssuer? issuer)
    {
        PlannedMember member = planned.Member(number);
        (KeyDecision key, Obstacle? obstacle) = _decider.OfParty(planned, member.Stem, member.KeyFile);
        if (obstacle is not null)
        {
            _findings.Add(obstacle);
            return null;
        }

        return _others.IsAwaited(planned) ? _others.Wait(planned, number, key, issuer).Change : Complete(planned, number, key, issuer).Change;
    }

    private (CertificateChange Change, ParsedCertificate? Current) Complete(PlannedCertificate planned, int? number, KeyDecision key, ExpectedIssuer? issuer)
    {
        ReadOnlyMemory<byte>? publicKey = key.PublicKey;
        ExaminedCertificate examined = _examiner.Examine(planned, number, key, issuer);
        var change = new CertificateChange
        {
            Certificate = planned,
            Number = number,
            Key = key.Action,
            KeyReason = key.Reason,
            ReplacedKey = key.Action == KeyAction.Keep ? null : key.OnDisk.Digest,
            WasThere = examined.WasThere,
            Reasons = examined.Reasons,
        };
        change = change with { IsAdopted = examined.Current is { } found && !change.Issues && AdoptedCertificates.IsAdopted(planned, found) };
        change = change with
        {
            TightenedMode = _findings.Tightened(change, key),
            RequestReason = change.IsAdopted ? null : _requests.Examine(change, publicKey),
        };
        if (planned.Adopted is not null && examined.Current is { } other && !AdoptedCertificates.IsAdopted(planned, other))
        {
            _findings.Notes.Add($"{planned.Stem}: its line adopted can go, for another certificate is in its place now");
        }

        change = change with { Files = _files.Changes(change) };
        _findings.RequirePlaces(change.Stem, change.Written());
        if (change.Issues && planned.IsAuthority)
        {
            _files.Note(planned.Files.Certificate);
        }

        _forgotten.NoteReplaced(change, examined.Current, issuer);
        _findings.Add(issuer is { SubjectPublicKeyInfo: not null } ? RevokedSerials.Obstacles(change, issuer, MemoryOf(issuer)) : []);
        if (change.Issues && examined.Current is { } current && planned.Template!.Serial is not SerialNumber.Random
            && current.SerialNumber == PlannedSerial.Of(planned.Template.Serial, number)
            && issuer?.Subject.Span.SequenceEqual(current.Issuer.Der.Span) != false)
        {
            _findings.Warn($"{change.Stem}: issued again with the serial that it had, {current.SerialNumber}: "
                + "to whoever keeps certificates by issuer and serial the two are one");
        }

        return (change, examined.Current);
    }

    private CrlHistory MemoryOf(ExpectedIssuer authority) =>
        _crls.Of(authority, stem => stem == authority.Stem
            ? authority.SubjectPublicKeyInfo
            : _keys.Read(_plan[stem].Files.Key) is KeyOnDisk.Present { SubjectPublicKeyInfo: { IsEmpty: false } key } ? key : KeyDecision.NotYet);

    private ExpectedIssuer? Outlook(PlannedCertificate planned) =>
        planned.Issuer is { } issuer ? _outlooks.GetValueOrDefault(issuer) : null;

    private static ReadOnlyMemory<byte>? Identifier(ReadOnlyMemory<byte>? publicKey) =>
        publicKey is { } info ? new ReadOnlyMemory<byte>(SubjectPublicKeys.Identifier(info.Span)) : KeyDecision.NotYet;
}
