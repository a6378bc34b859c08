using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Says what is to be done where others certify: what is provided is looked at, and what nobody here can sign is requested and awaited.
/// </summary>
/// <param name="plan">What there should be.</param>
/// <param name="folder">What looks at the folder.</param>
/// <param name="decider">Decides what becomes of keys.</param>
/// <param name="renew">Whether to ask for what is as planned, too.</param>
/// <param name="now">The moment to which relative dates refer, UTC.</param>
internal sealed class OthersExaminer(Plan plan, ExaminedFolder folder, KeyDecider decider, bool renew, DateTimeOffset now)
{
    private readonly RequestExaminer _requests = new(folder.Reader);
    private readonly ProvidedExaminer _provided = new(folder, now);

    /// <summary>The authorities that cannot sign: their keys are elsewhere, or their own certificates are still to come.</summary>
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Whether nobody here can sign it.</summary>
    public bool IsAwaited(PlannedCertificate planned) => planned.Issuer is { } issuer && _waiting.Contains(issuer);

    /// <summary>Notes that an authority of which nothing is there yet cannot sign.</summary>
    public void Await(PlannedCertificate authority) => _waiting.Add(authority.Stem);

    /// <summary>The authority as those below will find it; null where its certificate is awaited, or cannot be used.</summary>
    public ExpectedIssuer? ExamineAuthority(PlannedCertificate planned)
    {
        if (folder.Reader.Status(planned.Files.Key) is { IsEverybodys: true }
            && decider.OfParty(planned, planned.Stem, planned.Files.Key).Obstacle is { } obstacle)
        {
            folder.Findings.Add(obstacle);
            return null;
        }

        FileContent content = folder.Reader.Read(planned.Files.Certificate);
        if (content.IsMissing)
        {
            Await(planned, null, request: null);
            _waiting.Add(planned.Stem);
            return null;
        }

        if (content.Bytes is null || !ParsedCertificate.TryRead(content.Bytes, out ParsedCertificate? current))
        {
            folder.Findings.Add(new Obstacle(
                planned.Stem,
                $"{planned.Files.Certificate} is unusable: {content.Fault ?? CertificateFault.Of(content.Bytes)}, and {planned.Stem} is external: its certificate is provided, never made",
                $"put the certificate of {planned.Stem} there"));
            return null;
        }

        if (planned.Template is { } template
            && NameEncoder.Encode(template.Subject) is var subject && !subject.AsSpan().SequenceEqual(current.Subject.Der.Span))
        {
            string difference = template.Subject.ToString() == current.Subject.ToString()
                ? $"has its subject in another form than the scenario: {NameDifference.Of(current.Subject, ParsedName.Read(subject))}"
                : $"is for {current.Subject}, and the scenario says {template.Subject}";
            folder.Findings.Warn($"{planned.Stem}: {planned.Files.Certificate} {difference}; an external certificate is left as it is");
        }

        if (folder.Keys.Read(planned.Files.Key) is KeyOnDisk.Missing)
        {
            _waiting.Add(planned.Stem);
        }

        if (folder.Reader.Status(planned.Files.Key) is { IsWide: true })
        {
            folder.Findings.WarnOfWideKey(planned.Files.Key, $"{planned.Stem} is external");
        }

        return ExpectedIssuer.Of(planned.Stem, current);
    }

    /// <summary>What is to be done for a party's certificate that is provided: of it and of what else it is given.</summary>
    public IEnumerable<CertificateChange> ExamineProvided(PlannedCertificate planned, ExpectedIssuer? issuer)
    {
        foreach (PlannedMember member in planned.Members)
        {
            if (!_provided.Examine(member, issuer))
            {
                continue;
            }

            foreach (string missing in new[] { member.KeyFile, member.CertificateFile }.Where(path => folder.Reader.Read(path).IsMissing))
            {
                Await(planned, member.Number, request: null, missing);
            }

            var change = new CertificateChange { Certificate = planned, Number = member.Number, WasThere = true };
            change = change with { Files = folder.Files.Changes(change) };
            folder.Findings.RequirePlaces(change.Stem, change.Written());
            yield return change;
        }
    }

    private AwaitedFile Await(PlannedCertificate planned, int? number, string? request, string? path = null)
    {
        PlannedMember member = planned.Member(number);
        var awaited = new AwaitedFile(member.Stem, path ?? member.CertificateFile, planned.IsExternal ? null : planned.Issuer, request)
        {
            After = planned is { IsExternal: false, Issuer: { } issuer } && !plan[issuer].IsExternal ? plan[issuer].Files.Certificate : null,
        };
        folder.Findings.Await(awaited);
        if (folder.Reader.Read(awaited.File).IsMissing)
        {
            folder.Files.Await(awaited.File);
        }

        return awaited;
    }

    /// <summary>
    /// What is to be done for a certificate that nobody here can sign: the key and the request are made, and what the authority
    /// sends is looked at and left as it is. Null where it is no certificate for that key.
    /// </summary>
    public (CertificateChange? Change, ParsedCertificate? Current) Wait(PlannedCertificate planned, int? number, KeyDecision key, ExpectedIssuer? issuer)
    {
        PlannedMember member = planned.Member(number);
        if (!_provided.TryReadArrived(member, key, out ParsedCertificate? current))
        {
            return (null, null);
        }

        var change = new CertificateChange
        {
            Certificate = planned with { KeepsRequest = true },
            Number = number,
            Key = key.Action,
            KeyReason = key.Reason,
            ReplacedKey = key.Action == KeyAction.Keep ? null : key.OnDisk.Digest,
            WasThere = current is not null,
            IsAdopted = folder.Adopted.IsInPlace(planned),
        };
        bool isStrange = current is not null && ProvidedExaminer.IssuerDifference(current, issuer) is not null && !folder.Adopted.IsInPlace(planned);
        bool isAgain = current is not null && (_provided.IsDue(planned, current) || renew);
        change = change with
        {
            RequestReason = isAgain && (renew || _provided.IsAnswered(member)) ? new Reason("due", renew ? "renewed as asked" : $"{member.CertificateFile} is due")
                : current is not null && !isStrange && folder.Reader.Read(member.RequestFile).IsMissing ? null
                : _requests.Examine(change, key.PublicKey),
        };
        if (current is null || isAgain || isStrange)
        {
            AwaitedFile awaited = Await(planned, number, plan[planned.Issuer!].IsExternal ? RequestAt(planned, member) : null);
            change = change with { Awaited = awaited with { IsBridged = current is not null && !isStrange } };
        }

        if (isStrange)
        {
            folder.Files.Await(member.CertificateFile);
        }

        if (current is not null)
        {
            _provided.WarnOfDifferences(member, current, issuer);
        }

        change = change with { TightenedMode = folder.Findings.Tightened(change, key), Files = folder.Files.Changes(change) };
        folder.Findings.RequirePlaces(change.Stem, change.Written());
        return (change, current);
    }

    /// <summary>The request where whoever is to sign it has it.</summary>
    private static string RequestAt(PlannedCertificate planned, PlannedMember member) =>
        member.At(planned.Steps.OfType<SignCertificate>().First().RequestFile);
}

/// <summary>What looks at a folder.</summary>
internal sealed record ExaminedFolder(FolderReader Reader, FolderKeys Keys, AdoptedCertificates Adopted, FileExaminer Files, Findings Findings);
