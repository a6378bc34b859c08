using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Finds the CRLs that must be made, and why.</summary>
/// <param name="plan">What there should be.</param>
/// <param name="reader">What there is.</param>
/// <param name="keys">The keys that are there.</param>
/// <param name="memoryOf">What is remembered of an authority.</param>
/// <param name="now">The moment to which relative dates refer, UTC.</param>
internal sealed class CrlExaminer(
    Plan plan, FolderReader reader, FolderKeys keys, Func<ExpectedIssuer, CrlHistory> memoryOf, DateTimeOffset now)
{
    private const int NamedAtMost = 3;

    /// <summary>How far the clock may be behind that of the machine that made a CRL.</summary>
    private static readonly TimeSpan _clockSkew = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The CRLs and bundles that must be made.</summary>
    /// <param name="outlooks">The authorities, by stem, as they will be.</param>
    /// <param name="changes">What is issued.</param>
    /// <param name="findings">Where the warnings go.</param>
    public IEnumerable<FinalChange> Changes(
        IReadOnlyDictionary<string, ExpectedIssuer> outlooks, IEnumerable<CertificateChange> changes, Findings findings)
    {
        HashSet<(string Stem, int? Number)> issued =
            [.. changes.Where(change => change.Issues).Select(change => (change.Certificate.Stem, change.Number))];
        foreach (FinalStep final in plan.CrlSteps)
        {
            if (final.Step is SignCrl step)
            {
                if (!outlooks.TryGetValue(step.Issuer.Name, out ExpectedIssuer? issuer) || !outlooks.TryGetValue(step.Signer.Name, out ExpectedIssuer? signer))
                {
                    continue;
                }

                if (!CanSign(step.Signer, signer))
                {
                    ExamineProvided(step, issuer, findings);
                }
                else if (Examine(step, issuer, signer, issued) is { } change)
                {
                    _written.Add(step.CrlFile);
                    yield return new FinalChange(final, null, change.Reason) { Crl = change.Crl };
                }
            }
            else
            {
                foreach (FinalChange bundle in Bundles(final, (WriteCrls)final.Step))
                {
                    yield return bundle;
                }
            }
        }
    }

    private bool CanSign(IssuerFiles files, ExpectedIssuer signer) => !plan[files.Name].IsExternal
        || (keys.Read(files.KeyFile) is KeyOnDisk.Present present && present.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo!.Value.Span));

    private void ExamineProvided(SignCrl step, ExpectedIssuer issuer, Findings findings)
    {
        FileContent content = reader.Read(step.CrlFile);
        string? fault = content.IsMissing ? "is not there, and the key of {0} is not here: it is for {0} to send"
            : content.Bytes is null ? $"cannot be used: {content.Fault}"
            : !ParsedCrl.TryRead(content.Bytes, out ParsedCrl? crl) ? "is no CRL that can be read; it is for {0} to send"
            : issuer.SubjectPublicKeyInfo is { } key && !crl.IsSignedBy(key) ? "is not signed by {0}"
            : crl.NextUpdate < now ? $"has expired ({TimeText.Of(crl.NextUpdate!.Value)}); a newer one is for {{0}} to send"
            : Unlisted(step, crl);
        if (content.IsMissing)
        {
            findings.Await(new AwaitedFile(issuer.Stem, step.CrlFile, issuer.Stem, Request: null));
        }

        if (fault is not null)
        {
            findings.Warn($"{step.CrlFile} {string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, issuer.Stem)}");
        }
    }

    /// <summary>What is called revoked and is not on a list that is provided.</summary>
    private string? Unlisted(SignCrl step, ParsedCrl crl) => (
        from revoked in step.Template.Revoked
        from number in revoked.Numbers
        where reader.Certificate(Replication.Fill(plan[revoked.Stem].Files.Certificate, number)) is { } certificate && crl.Find(certificate.SerialBytes.Span) is null
        select $"does not have {Replication.Fill(revoked.Stem, number)}, which the scenario calls revoked; it is for {{0}} to put it there").FirstOrDefault();

    private (Reason Reason, CrlChange Crl)? Examine(
        SignCrl step, ExpectedIssuer issuer, ExpectedIssuer signer, HashSet<(string Stem, int? Number)> issued)
    {
        CrlHistory memory = memoryOf(issuer);
        var wanted = new WantedEntries(memory, now);
        foreach (RevokedSerial revoked in step.Template.Revokes)
        {
            wanted.Add(revoked);
        }

        foreach (RevokedCertificate revoked in step.Template.Revoked)
        {
            foreach (int? number in revoked.Numbers)
            {
                string file = Replication.Fill(plan[revoked.Stem].Files.Certificate, number);
                bool isIssued = issued.Contains((revoked.Stem, number));
                ParsedCertificate? current = reader.Certificate(file);
                if (isIssued)
                {
                    wanted.Await(revoked, number);
                }

                // One that is about to be replaced counts where it is this authority's.
                if (current is not null && (!isIssued || (issuer.SubjectPublicKeyInfo is { } key && current.IsSignedBy(key))))
                {
                    wanted.Add(revoked, number, current.SerialBytes, isReplaced: isIssued);
                }
            }
        }

        string[] reasons = [.. FileReasons(step, issuer, signer, memory, issued.Contains((issuer.Stem, null))), .. wanted.Reasons(NamedAtMost)];
        if (reasons is ["missing", _, ..] && memory.Entries.Count == 0)
        {
            reasons = reasons[1..];
        }

        return reasons.Length == 0
            ? null
            : (ReasonOf([.. reasons, .. wanted.Kept(NamedAtMost)]), wanted.Change());
    }

    private static Reason ReasonOf(string[] reasons) => reasons is ["missing"] ? Reason.Missing : new Reason("crl", string.Join("; ", reasons));

    /// <summary>What is wrong with the list that is there, whatever is on it.</summary>
    private IEnumerable<string> FileReasons(SignCrl step, ExpectedIssuer issuer, ExpectedIssuer signer, CrlHistory memory, bool isNewAuthority)
    {
        FileContent content = reader.Read(step.CrlFile);
        if (content.IsMissing)
        {
            return ["missing"];
        }

        if (content.Bytes is null || !ParsedCrl.TryRead(content.Bytes, out ParsedCrl? crl))
        {
            return [$"unreadable: {content.Fault ?? "no CRL that can be read"}"];
        }

        if (isNewAuthority)
        {
            return [$"follows {step.Issuer.CertificateFile}"];
        }

        if (!crl.Issuer.Der.Span.SequenceEqual(issuer.Subject.Span))
        {
            return [$"issuer: {crl.Issuer} -> {ParsedName.Read(issuer.Subject)}"];
        }

        if (signer.SubjectPublicKeyInfo is not { } key || !crl.IsSignedBy(key))
        {
            return [$"issuer: not signed by the key of {step.Signer.Name}"];
        }

        return Differences(step, issuer, signer, crl, memory);
    }

    private IEnumerable<string> Differences(SignCrl step, ExpectedIssuer issuer, ExpectedIssuer signer, ParsedCrl crl, CrlHistory memory)
    {
        if (crl.Number is not { } number || crl.UnknownCriticalExtensions.Count > 0)
        {
            yield return "it is none of this tool's: it has no number, or extensions that are not known";
        }
        else if (number < memory.Largest)
        {
            yield return $"number: {number}, and {memory.Largest} is there too";
        }
        else if (memory.Entries.Count > crl.Entries.Length)
        {
            yield return "it lacks entries that another one has";
        }

        if (!(crl.AuthorityKeyIdentifier ?? default).Span.SequenceEqual((issuer.SubjectKeyIdentifier ?? default).Span))
        {
            yield return "authorityKeyIdentifier: not that of its authority";
        }

        if (signer.Algorithm is { } algorithm && SignatureAlgorithm.For(algorithm, step.Template.Digest) is var expected && expected.Name != crl.SignatureAlgorithm.Name)
        {
            yield return $"signature: {crl.SignatureAlgorithm.Name} -> {expected.Name}";
        }

        if (DateReason(step, crl) is { } dates)
        {
            yield return dates;
        }
    }

    private string? DateReason(SignCrl step, ParsedCrl crl)
    {
        if (crl.NextUpdate is not { } end)
        {
            return "it has no nextUpdate";
        }

        DateTimeOffset from = step.Template.Validity?.From.At(now) ?? now;
        bool isAhead = step.Template.Validity?.From is TimePoint.Instant ? crl.ThisUpdate != from : crl.ThisUpdate > from + _clockSkew;
        if (isAhead)
        {
            return $"lifetime: from {TimeText.Of(crl.ThisUpdate)} -> from {TimeText.Of(from)}";
        }

        if (step.Template.Validity is not { } validity)
        {
            return reader.Certificate(step.Issuer.CertificateFile) is { } authority
                && end < (authority.NotAfter > now ? authority.NotAfter : now)
                ? $"lifetime: until {TimeText.Of(end)} -> until {TimeText.Of(CrlTemplate.EndFor((authority.NotBefore, authority.NotAfter), now))}"
                : null;
        }

        if (validity is { From: TimePoint.Offset { FromNow: var begins }, Until: TimePoint.Offset { FromNow: var ends } } && end - crl.ThisUpdate != ends - begins)
        {
            return $"lifetime: {TimeText.Of(end - crl.ThisUpdate)} -> {TimeText.Of(ends - begins)}";
        }

        if (validity.Until is TimePoint.Instant { Time: var until } && until != end)
        {
            return $"lifetime: until {TimeText.Of(end)} -> until {TimeText.Of(until)}";
        }

        return RenewalPolicy.Examine(RenewalPolicy.DueFrom(validity, step.Template.RenewBefore, end), end, now)?.Text;
    }

    private IEnumerable<FinalChange> Bundles(FinalStep final, WriteCrls step)
    {
        string? changed = step.CrlFiles.FirstOrDefault(_written.Contains);
        byte[]? expected = changed is null ? CrlBundle.Make(step.CrlFiles.Select(file => reader.Read(file).Bytes)) : null;
        if (changed is null && expected is null)
        {
            yield break;
        }

        foreach (int? replica in Replication.Numbers(final.Replicas))
        {
            FileContent content = reader.Read(Replication.Fill(step.BundleFile, replica));
            Reason? reason = content switch
            {
                { IsMissing: true } => Reason.Missing,
                _ when changed is not null => new Reason("follows", $"follows {changed}"),
                { Bytes: { } bytes } when bytes.AsSpan().SequenceEqual(expected) => null,
                _ => new Reason("differs", $"not the same as {string.Join(" and ", step.CrlFiles)}"),
            };
            if (reason is not null)
            {
                yield return new FinalChange(final, replica, reason);
            }
        }
    }
}
