using MtlsScenario.Files;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Looks at what others made: certificates that are provided with their keys, and those that an authority sent for a request. It
/// names what differs from the scenario, and has nothing changed.
/// </summary>
/// <param name="folder">What looks at the folder.</param>
/// <param name="now">The moment to which relative dates refer, UTC.</param>
internal sealed class ProvidedExaminer(ExaminedFolder folder, DateTimeOffset now)
{
    /// <summary>What is for whoever signs to say: of an extension that the scenario does not speak of nothing is expected.</summary>
    private static readonly string[] _compared = ["subject", "names", "lifetime", "basicConstraints", "keyUsage", "extendedKeyUsage", "nameConstraints"];

    /// <summary>Examines a certificate that is provided with its key.</summary>
    /// <returns>Whether the two fit, as far as they are there.</returns>
    public bool Examine(PlannedMember member, ExpectedIssuer? issuer)
    {
        string path = member.CertificateFile;
        KeyOnDisk key = folder.Keys.Read(member.KeyFile);
        if (folder.Reader.Status(member.KeyFile) is { IsEverybodys: true } && key is KeyOnDisk.Unusable open)
        {
            folder.Findings.Add(new Obstacle(member.Stem, $"{member.KeyFile} is there and cannot be used: {open.Fault}", open.Remedy));
            return false;
        }

        if (!TryRead(member, "it is provided, never made", out ParsedCertificate? current))
        {
            return false;
        }

        if (current is null)
        {
            return true;
        }

        if (key is KeyOnDisk.Present { SubjectPublicKeyInfo: { IsEmpty: false } own } && !own.Span.SequenceEqual(current.SubjectPublicKeyInfo.Span))
        {
            folder.Findings.Add(NotFor(member, "put the two there that belong together"));
            return false;
        }

        if (key is KeyOnDisk.Unusable unusable)
        {
            folder.Findings.Warn($"{member.KeyFile} cannot be compared with {path}: {unusable.Fault}");
        }

        if (folder.Reader.Status(member.KeyFile) is { IsWide: true })
        {
            folder.Findings.WarnOfWideKey(member.KeyFile, $"{member.Stem} is external");
        }

        WarnOfDifferences(member, current, issuer);
        return true;
    }

    /// <summary>Reads what an authority sent.</summary>
    /// <param name="member">For which certificate.</param>
    /// <param name="key">What becomes of its key.</param>
    /// <param name="current">The certificate; null where it is still to come.</param>
    /// <returns>Whether it is one for that key, or still to come.</returns>
    public bool TryReadArrived(PlannedMember member, KeyDecision key, out ParsedCertificate? current)
    {
        if (!TryRead(member, $"only {member.Planned.Issuer} can issue another", out current))
        {
            return false;
        }

        if (current is null)
        {
            return true;
        }

        if (key.Action == KeyAction.Generate)
        {
            folder.Findings.Add(new Obstacle(
                member.Stem, $"{member.CertificateFile} is there, and {member.KeyFile}, for which it was issued, is not", $"put the key back, or move {member.CertificateFile} away"));
            return false;
        }

        if (key.Action == KeyAction.Replace)
        {
            folder.Findings.Add(new Obstacle(
                member.Stem,
                $"{member.CertificateFile} is for the {member.KeyFile} that would be replaced ({key.Reason}), and only {member.Planned.Issuer} can issue another",
                $"move {member.CertificateFile} away first, or keep the key"));
            return false;
        }

        if (key.PublicKey is { } own && !own.Span.SequenceEqual(current.SubjectPublicKeyInfo.Span))
        {
            folder.Findings.Add(NotFor(member, $"put the certificate there that {member.Planned.Issuer} issued for {member.RequestFile}, or move it away"));
            return false;
        }

        return true;
    }

    /// <summary>Whether another one is to be asked for: how long it lasts is for its authority to say, and a third of that is the default.</summary>
    public bool IsDue(PlannedCertificate planned, ParsedCertificate current) => RenewalPolicy.Examine(
        RenewalPolicy.DueFrom(planned.Template!.Validity, planned.RenewBefore ?? ((current.NotAfter - current.NotBefore) / 3), current.NotAfter), current.NotAfter, now) is not null;

    /// <summary>Whether the request that is there is older than the certificate, and so has been answered.</summary>
    public bool IsAnswered(PlannedMember member) =>
        folder.Reader.Written(member.RequestFile) is not { } asked || folder.Reader.Written(member.CertificateFile) is not { } answered || asked <= answered;

    /// <summary>Names what differs from the scenario, and whether it can verify at all.</summary>
    public void WarnOfDifferences(PlannedMember member, ParsedCertificate current, ExpectedIssuer? issuer)
    {
        PlannedCertificate planned = member.Planned;
        if (folder.Adopted.IsInPlace(planned))
        {
            return;
        }

        var differences = new List<string>();
        if (IssuerDifference(current, issuer) is { } other)
        {
            differences.Add(other);
        }

        differences.AddRange(
            from reason in TemplateComparer.Differences(planned, member.Number, current, null, issuer, now)
            where _compared.Contains(reason.About) && !IsUnsaid(planned, reason.About)
            select reason.Text);
        if (current.NotAfter < now)
        {
            differences.Add($"it ended {TimeText.Of(current.NotAfter)}");
        }
        else if (current.NotBefore > now)
        {
            differences.Add($"it begins {TimeText.Of(current.NotBefore)}");
        }

        if (differences.Count > 0)
        {
            folder.Findings.Warn($"{member.CertificateFile} differs from the scenario, and is left as it is: {string.Join("; ", differences)}");
        }
    }

    /// <summary>How it is that another one issued it; null where that authority did, or nobody can tell.</summary>
    public static string? IssuerDifference(ParsedCertificate current, ExpectedIssuer? issuer) => issuer switch
    {
        not { SubjectPublicKeyInfo: not null } => null,
        _ when !issuer.Subject.Span.SequenceEqual(current.Issuer.Der.Span) => $"issuer: {NameDifference.Of(current.Issuer, ParsedName.Read(issuer.Subject))}",
        { SubjectPublicKeyInfo: { } key } when !current.IsSignedBy(key) => $"issuer: not signed by the key of {issuer.Stem}",
        _ => null,
    };

    /// <summary>
    /// Of a provided certificate only what is written is expected; what the role calls for by default is not. How long one lasts is for
    /// whoever issues it to say, too, unless it is written.
    /// </summary>
    private static bool IsUnsaid(PlannedCertificate planned, string about) => about switch
    {
        "lifetime" => planned.IsExternal || planned.Template!.Validity == Lifetime.Default,
        _ when !planned.IsExternal => false,
        "subject" => planned.Template!.Subject.RelativeNames.IsEmpty,
        "names" => !planned.Template!.Extensions.Any(extension => extension is PlannedExtension.SubjectAlternativeName),
        _ => true,
    };

    private bool TryRead(PlannedMember member, string why, out ParsedCertificate? current)
    {
        current = null;
        FileContent content = folder.Reader.Read(member.CertificateFile);
        if (content.IsMissing || (content.Bytes is { } bytes && ParsedCertificate.TryRead(bytes, out current)))
        {
            return true;
        }

        folder.Findings.Add(new Obstacle(
            member.Stem, $"{member.CertificateFile} is unusable: {content.Fault ?? CertificateFault.Of(content.Bytes)}; {why}", "put a certificate there, or move it away"));
        return false;
    }

    private static Obstacle NotFor(PlannedMember member, string hint) =>
        new(member.Stem, $"{member.CertificateFile} is not for {member.KeyFile}: it has another key", hint);
}
