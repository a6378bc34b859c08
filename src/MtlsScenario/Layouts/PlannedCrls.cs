using MtlsScenario.Files;
using MtlsScenario.Graphs;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>How the CRLs in the folder of a scenario differ from what is planned for them.</summary>
/// <param name="plan">The plan.</param>
/// <param name="read">What is there.</param>
/// <param name="certificateOf">The certificate of an authority, or null.</param>
internal sealed class PlannedCrls(Plan plan, Func<string, FileContent> read, Func<string, ParsedCertificate?> certificateOf)
{
    private readonly Dictionary<string, (ParsedCrl Crl, CrlHistory Entries)?> _lists = new(StringComparer.Ordinal);

    /// <summary>What is to be said of the file with a certificate's CRLs; null where it is as planned.</summary>
    public string? Note(PlannedMember member)
    {
        string path = member.At(member.Planned.Files.Crl!);
        FileContent content = read(path);
        if (content.Bytes is not { } bytes)
        {
            return content.Fault ?? "missing";
        }

        if (!member.Planned.IsAuthority)
        {
            string?[] files = [.. member.Planned.CrlIssuers.Select(stem => plan[stem].Files.Crl)];
            byte[]? expected = CrlBundle.Make(files.OfType<string>().Select(file => read(file).Bytes));
            return expected is null || bytes.AsSpan().SequenceEqual(expected) ? null : "not the CRLs of those";
        }

        return ListOf(member.Planned) is (var crl, var entries) && PlannedLayout.CrlStepOf(plan, member.Stem) is { } step
            ? Difference(step, crl, entries)
            : "no CRL that can be read";
    }

    /// <summary>That a certificate is revoked, in the words of the plan where it is so planned; and what is wrong with it, or null.</summary>
    /// <param name="planned">What is planned.</param>
    /// <param name="number">The number of the replica, or null.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="inWordsOfPlan">Whether the words of the plan are wanted.</param>
    public (string? Revoked, string? Fault) Of(PlannedCertificate planned, int? number, ParsedCertificate certificate, bool inWordsOfPlan)
    {
        string? text = planned.Revoked is { } revocation ? GraphText.Revoked(revocation) : null;
        CrlEntry? listed = planned.Issuer is { } issuer ? ListOf(plan[issuer])?.Entries.Find(certificate.SerialBytes) : null;
        CertificateRevocation? wanted = planned.Revoked is { } said && said.Covers(number) ? said : null;
        return (listed, wanted) switch
        {
            (null, null) => (text, null),
            (null, _) => (text, $"on no CRL of {planned.Issuer}"),
            ({ } entry, { } expected) when inWordsOfPlan && IsAsPlanned(entry, expected) => (text, null),
            ({ } entry, _) => (PlanText.Revoked(entry), null),
        };
    }

    private static bool IsAsPlanned(CrlEntry entry, CertificateRevocation planned) =>
        (planned.Reason is null || planned.Reason == entry.Reason) && (planned.At is not TimePoint.Instant { Time: var at } || at == entry.RevokedAt);

    private (ParsedCrl Crl, CrlHistory Entries)? ListOf(PlannedCertificate authority)
    {
        if (!_lists.TryGetValue(authority.Stem, out (ParsedCrl, CrlHistory)? list))
        {
            list = authority.Files.Crl is { } file && read(file).Bytes is { } bytes && ParsedCrl.TryRead(bytes, out ParsedCrl? crl) ? (crl, new CrlHistory([crl])) : null;
            _lists.Add(authority.Stem, list);
        }

        return list;
    }

    private string? Difference(SignCrl step, ParsedCrl crl, CrlHistory entries)
    {
        ParsedCertificate? authority = certificateOf(step.Issuer.Name);
        if (authority is not null && !authority.Subject.Equals(crl.Issuer))
        {
            return $"that of {crl.Issuer}";
        }

        if (certificateOf(step.Signer.Name) is { } signer && !crl.IsSignedBy(signer.SubjectPublicKeyInfo))
        {
            return $"not signed by the key of {step.Signer.Name}";
        }

        if (step.Template.Revokes.FirstOrDefault(revoked => entries.Find(CrlEntry.Of(revoked.Serial, default, null).Serial) is null) is { } missing)
        {
            return $"without serial {PlanText.Serial(missing.Serial)}";
        }

        bool isInTime = (crl.NextUpdate, step.Template.Validity) switch
        {
            _ when plan[step.Issuer.Name].IsExternal => true,
            (null, _) => false,
            ({ } end, { } validity) => PlanMasker.IsAsPlanned(validity, crl.ThisUpdate, end),
            ({ } end, null) => authority is null || end >= authority.NotAfter,
        };
        return isInTime ? null : $"from {TimeText.Of(crl.ThisUpdate)} to {(crl.NextUpdate is { } until ? TimeText.Of(until) : "no end")}";
    }
}
