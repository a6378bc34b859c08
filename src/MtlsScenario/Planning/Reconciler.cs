using System.Collections.Immutable;
using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>
/// Compares a plan with a folder: what must be made, what must be made again and why, and what is in the way. It reads and
/// never writes; there is no other record of what was done before than the files themselves.
/// </summary>
internal sealed class Reconciler : IDisposable
{
    private readonly Plan _plan;
    private readonly FolderReader _reader;
    private readonly ReconciliationOptions _options;
    private readonly DateTimeOffset _now;
    private readonly FolderKeys _keys;
    private readonly CertificateExaminer _examiner;
    private readonly RequestExaminer _requests;
    private readonly FileExaminer _files;
    private readonly SignedFinder _signed;
    private readonly Dictionary<string, IssuerOutlook> _outlooks = new(StringComparer.Ordinal);
    private readonly List<CertificateChange> _changes = [];
    private readonly List<Obstacle> _obstacles = [];
    private readonly List<string> _warnings = [];

    private Reconciler(Plan plan, FolderReader reader, ReconciliationOptions options, DateTimeOffset now)
    {
        (_plan, _reader, _options, _now) = (plan, reader, options, now);
        _keys = new FolderKeys(reader);
        _examiner = new CertificateExaminer(reader, now, options.Renew);
        _requests = new RequestExaminer(reader);
        _files = new FileExaminer(reader);
        _signed = new SignedFinder(plan, reader, _keys);
    }

    /// <summary>No key yet. (In a conditional a bare null would become an empty memory, by way of an array.)</summary>
    private static ReadOnlyMemory<byte>? NotYet => null;

    /// <summary>Compares.</summary>
    /// <param name="plan">What there should be.</param>
    /// <param name="reader">What there is.</param>
    /// <param name="options">What is asked for beyond that.</param>
    /// <param name="now">The moment to which relative dates refer, UTC.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static Reconciliation Run(
        Plan plan,
        FolderReader reader,
        ReconciliationOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken = default)
    {
        using var reconciler = new Reconciler(plan, reader, options, now);
        foreach (PlannedCertificate wish in plan.Certificates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wish.IsExternal)
            {
                reconciler.ExamineExternal(wish);
            }
            else if (wish.IsAuthority)
            {
                reconciler.ExamineAuthority(wish);
            }
            else
            {
                reconciler.ExamineParty(wish, cancellationToken);
            }
        }

        reconciler.RequireIssuingKeys();
        reconciler.WarnOfFolders();
        return new Reconciliation
        {
            Plan = plan,
            Now = now,
            Changes = [.. reconciler._changes],
            FinalChanges = [.. reconciler._files.FinalChanges(plan, cancellationToken)],
            Obstacles = [.. reconciler._obstacles],
            Warnings = [.. reconciler._warnings],
            Strangers = StrangerFinder.Find(plan, reader),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _examiner.Dispose();

    private void ExamineExternal(PlannedCertificate wish)
    {
        FileContent content = _reader.Read(wish.Files.Certificate);
        if (content.Bytes is null || !ParsedCertificate.TryRead(content.Bytes, out ParsedCertificate? current))
        {
            string what = content.IsMissing ? "is not there" : $"is unusable: {content.Fault ?? "it is no certificate"}";
            _obstacles.Add(new Obstacle(
                wish.Stem,
                $"{wish.Files.Certificate} {what}, and {wish.Stem} is external: its certificate is provided, never made",
                $"put the certificate of {wish.Stem} there"));
            return;
        }

        if (wish.Template is { } template && !NameEncoder.Encode(template.Subject).AsSpan().SequenceEqual(current.Subject.Der.Span))
        {
            _warnings.Add(
                $"{wish.Stem}: {wish.Files.Certificate} is for {current.Subject}, and the scenario says {template.Subject}; "
                + "an external certificate is left as it is");
        }

        _outlooks.Add(wish.Stem, new IssuerOutlook
        {
            Stem = wish.Stem,
            Subject = current.Subject.Der,
            SubjectPublicKeyInfo = current.SubjectPublicKeyInfo,
            SubjectKeyIdentifier = current.SubjectKeyIdentifier,
            Algorithm = current.KeyDescription.Algorithm,
        });
    }

    private void ExamineAuthority(PlannedCertificate wish)
    {
        KeyOnDisk key = _keys.Read(wish.Files.Key);
        bool isNamed = _options.IsNamed(wish.Stem, wish.Stem);
        (KeyAction action, string? reason, Obstacle? obstacle) = key switch
        {
            KeyOnDisk.Missing when isNamed => (KeyAction.Generate, "asked for", null),
            KeyOnDisk.Missing when _signed.By(wish) is { } signed => (KeyAction.Generate, null, new Obstacle(
                wish.Stem,
                $"{wish.Files.Key} is gone, while {signed}, which it signed, is there; "
                + "an authority's key is replaced only when it is named",
                $"put the key back, or use --new-key {wish.Stem} to replace it and all that is below it")),
            KeyOnDisk.Present { Algorithm: var algorithm } present when algorithm != wish.Key && !isNamed =>
                (KeyAction.Replace, null, new Obstacle(
                    wish.Stem,
                    $"{wish.Files.Key} is {present.Description}, and the scenario says {KeyNames.Of(wish.Key!.Value)}; "
                    + "an authority's key is replaced only when it is named",
                    $"use --new-key {wish.Stem} to replace it and all that is below it")),
            _ => Decide(wish, wish.Stem, wish.Files.Key, key),
        };
        if (obstacle is not null)
        {
            _obstacles.Add(obstacle);
        }

        IssuerOutlook? issuer = Outlook(wish);
        if (wish.Issuer is not null && issuer is null)
        {
            // Nothing can be said of what is below an obstacle, and nothing will be written.
            return;
        }

        CertificateChange change = Complete(wish, null, new KeyDecision(key, action, reason), issuer);
        _changes.Add(change);
        ReadOnlyMemory<byte>? publicKey = PublicKey(key, action);
        bool hasIdentifier = wish.Template!.Extensions.Any(extension => extension is PlannedExtension.SubjectKeyIdentifier);
        _outlooks.Add(wish.Stem, new IssuerOutlook
        {
            Stem = wish.Stem,
            Subject = NameEncoder.Encode(wish.Template.Subject),
            SubjectPublicKeyInfo = publicKey,
            SubjectKeyIdentifier = hasIdentifier ? Identifier(publicKey) : null,
            Algorithm = wish.Key,
        });
    }

    private void ExamineParty(PlannedCertificate wish, CancellationToken cancellationToken)
    {
        if (Outlook(wish) is not { } issuer)
        {
            return;
        }

        if (wish.Replicas is not { Count: var count })
        {
            _changes.Add(ExamineLeaf(wish, null, issuer));
            return;
        }

        var changes = new CertificateChange?[count];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(1, count + 1, parallel, number =>
        {
            CertificateChange change = ExamineLeaf(wish, number, issuer);
            changes[number - 1] = change.HasWork ? change : null;
        });
        _changes.AddRange(changes.OfType<CertificateChange>());
    }

    private CertificateChange ExamineLeaf(PlannedCertificate wish, int? number, IssuerOutlook issuer)
    {
        string? padded = number is { } replica ? wish.Replicas!.Padded(replica) : null;
        string Concrete(string path) => padded is null ? path : FileNames.ForReplica(path, padded);
        string path = Concrete(wish.Files.Key);
        KeyOnDisk key = _keys.Read(path);
        (KeyAction action, string? reason, Obstacle? obstacle) = Decide(wish, Concrete(wish.Stem), path, key);
        if (obstacle is not null)
        {
            lock (_obstacles)
            {
                _obstacles.Add(obstacle);
            }
        }

        return Complete(wish, number, new KeyDecision(key, action, reason), issuer);
    }

    /// <summary>What becomes of a key that may be replaced when it is of the wrong kind.</summary>
    private (KeyAction Action, string? Reason, Obstacle? Obstacle) Decide(
        PlannedCertificate wish, string stem, string path, KeyOnDisk key)
    {
        bool isNamed = _options.IsNamed(wish.Stem, stem);
        return key switch
        {
            KeyOnDisk.Missing => (KeyAction.Generate, isNamed ? "asked for" : "missing", null),
            _ when isNamed => (KeyAction.Replace, "asked for", null),
            KeyOnDisk.Unusable unusable => (KeyAction.Keep, null, new Obstacle(
                stem,
                $"{path} is there and cannot be used: {unusable.Fault}",
                $"mend it, or use --new-key {stem} to put it aside and make a new one")),
            KeyOnDisk.Present present when present.Algorithm != wish.Key =>
                (KeyAction.Replace, $"{present.Description} -> {KeyNames.Of(wish.Key!.Value)}", null),
            _ => (KeyAction.Keep, null, null),
        };
    }

    private CertificateChange Complete(PlannedCertificate wish, int? number, KeyDecision key, IssuerOutlook? issuer)
    {
        ReadOnlyMemory<byte>? publicKey = PublicKey(key.OnDisk, key.Action);
        ExaminedCertificate examined = _examiner.Examine(wish, number, publicKey, issuer);
        var change = new CertificateChange
        {
            Certificate = wish,
            Number = number,
            Key = key.Action,
            KeyReason = key.Reason,
            WasThere = examined.WasThere,
            Reasons = examined.Reasons,
        };
        change = change with
        {
            TightensKey = key is { OnDisk: KeyOnDisk.Present, Action: KeyAction.Keep }
                && _reader.IsWide(change.Concrete(wish.Files.Key)),
            RequestReason = _requests.Reason(change, publicKey),
        };
        change = change with { Files = _files.Changes(change) };
        if (change.Issues && wish.IsAuthority)
        {
            _files.Note(wish.Files.Certificate);
        }

        if (change.Issues && examined.Current is { } current && wish.Template!.Serial is not SerialNumber.Random
            && current.SerialNumber == SerialNumbers.Wished(wish.Template.Serial, number)
            && issuer?.Subject.Span.SequenceEqual(current.Issuer.Der.Span) != false)
        {
            Warn($"{change.Stem}: issued again with the serial that it had, {current.SerialNumber}: "
                + "to whoever keeps certificates by issuer and serial the two are one");
        }

        return change;
    }

    private IssuerOutlook? Outlook(PlannedCertificate wish) =>
        wish.Issuer is { } issuer ? _outlooks.GetValueOrDefault(issuer) : null;

    private static ReadOnlyMemory<byte>? PublicKey(KeyOnDisk key, KeyAction action) =>
        action == KeyAction.Keep && key is KeyOnDisk.Present present ? present.SubjectPublicKeyInfo : NotYet;

    private static ReadOnlyMemory<byte>? Identifier(ReadOnlyMemory<byte>? publicKey) =>
        publicKey is { } info ? new ReadOnlyMemory<byte>(SubjectPublicKeys.Identifier(info.Span)) : NotYet;

    /// <summary>An external authority must have its key here if it is to sign anything, and the key must be that of its certificate.</summary>
    private void RequireIssuingKeys()
    {
        foreach (PlannedCertificate authority in _plan.Certificates.Where(certificate => certificate.IsExternal))
        {
            if (!_outlooks.TryGetValue(authority.Stem, out IssuerOutlook? outlook)
                || _changes.Find(change => change.Issues && change.Certificate.Issuer == authority.Stem) is not { } signed)
            {
                continue;
            }

            string? fault = _keys.Read(authority.Files.Key) switch
            {
                KeyOnDisk.Missing => "is not there",
                KeyOnDisk.Unusable unusable => $"cannot be used: {unusable.Fault}",
                KeyOnDisk.Present present
                    when !present.SubjectPublicKeyInfo.Span.SequenceEqual(outlook.SubjectPublicKeyInfo!.Value.Span) =>
                    $"is not the key of {authority.Files.Certificate}",
                _ => null,
            };
            if (fault is not null)
            {
                _obstacles.Add(new Obstacle(
                    authority.Stem,
                    $"{authority.Files.Key} {fault}, and {authority.Stem} must sign {signed.Stem}",
                    $"put the key of {authority.Stem} there, or let another authority issue {signed.Stem}"));
            }
        }
    }

    private void WarnOfFolders()
    {
        if (_reader.OthersMayWrite())
        {
            _warnings.Add("others than its owner may write into the folder of the certificates; its mode is left as it is");
        }
    }

    private void Warn(string warning)
    {
        lock (_warnings)
        {
            _warnings.Add(warning);
        }
    }

    private sealed record KeyDecision(KeyOnDisk OnDisk, KeyAction Action, string? Reason);
}
