using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Finds certificates that the scenario is done with and that still verify: of a key that is replaced, or of a party that is no
/// longer there. Several threads may note.
/// </summary>
/// <param name="plan">What there should be.</param>
/// <param name="reader">What there is.</param>
/// <param name="memoryOf">What is remembered of an authority.</param>
/// <param name="now">The moment, UTC.</param>
internal sealed class ForgottenFinder(Plan plan, FolderReader reader, Func<ExpectedIssuer, CrlHistory> memoryOf, DateTimeOffset now)
{
    /// <summary>Of a fleet that is gone, some stand for all: to verify each would take as long as to make them.</summary>
    private const int ReadAtMost = 1_000;
    private const int NamedAtMost = 3;
    private const int ListedAtMost = 100;

    private readonly ConcurrentBag<Forgotten> _replaced = [];

    /// <summary>Notes a certificate whose key is replaced, unless it is on a CRL by then.</summary>
    /// <param name="change">What becomes of it.</param>
    /// <param name="current">The certificate that is there, or null.</param>
    /// <param name="issuer">Who issued it, or one of that name; null for a root.</param>
    public void NoteReplaced(CertificateChange change, ParsedCertificate? current, ExpectedIssuer? issuer)
    {
        if (change.Key == KeyAction.Replace && current is not null && issuer is not null
            && change.Certificate.Revoked?.Covers(change.Number) != true && Verifies(current, issuer))
        {
            _replaced.Add(new Forgotten(issuer.Stem, change.Stem, current.SerialNumber, current.NotAfter));
        }
    }

    /// <summary>What is to be said, a sentence an authority.</summary>
    /// <param name="strangers">The files of nobody.</param>
    /// <param name="outlooks">The authorities, as they will be.</param>
    public IEnumerable<string> Messages(ImmutableArray<string> strangers, IReadOnlyDictionary<string, ExpectedIssuer> outlooks)
    {
        foreach (IGrouping<string, Forgotten> group in Ordered([.. _replaced]))
        {
            yield return Message(group, "with a key that is replaced", "superseded");
        }

        foreach (IGrouping<string, Forgotten> group in Ordered([.. Left(strangers, [.. outlooks.Values])]))
        {
            yield return Message(group, "of nobody in the scenario", null);
        }
    }

    private static IEnumerable<IGrouping<string, Forgotten>> Ordered(List<Forgotten> all) => all.Count == 0 ? [] : all
        .DistinctBy(one => (one.Authority, one.Serial))
        .OrderBy(one => one.Name.Length).ThenBy(one => one.Name, StringComparer.Ordinal)
        .GroupBy(one => one.Authority, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal);

    private string Message(IGrouping<string, Forgotten> group, string what, string? reason)
    {
        Forgotten[] all = [.. group];
        string more = all.Length > NamedAtMost ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - NamedAtMost} more") : "";
        string names = string.Join(", ", all.Take(NamedAtMost).Select(one => one.Name)) + more;
        IEnumerable<string> entries = all.Take(ListedAtMost).Select(one =>
            $"{{ serial: {WantedEntries.Serial(one.Serial)}{(reason is null ? "" : $", reason: {reason}")} }}");
        string checks = plan.Certificates.Any(planned => planned.ChecksRevocation) ? "" : ", and revocation: crl whoever is to turn it away";
        return $"{names}: a certificate {what} still verifies, until {TimeText.Of(all.Max(one => one.Until))}; "
            + $"that ends where {group.Key} has revokes: [{string.Join(", ", entries)}]{checks}";
    }

    private IEnumerable<Forgotten> Left(ImmutableArray<string> strangers, ExpectedIssuer[] authorities)
    {
        HashSet<string>? known = null;
        foreach (string path in strangers.SelectMany(Certificates).Take(ReadAtMost))
        {
            if (reader.Certificate(path) is { } found
                && Array.Find(authorities, authority => Verifies(found, authority)) is { } issuer
                && !(known ??= Known()).Contains(KeyOf(issuer.Stem, found.SerialNumber)))
            {
                yield return new Forgotten(issuer.Stem, path, found.SerialNumber, found.NotAfter);
            }
        }
    }

    /// <summary>The certificates of the scenario, of which a stranger may be a copy.</summary>
    private HashSet<string> Known()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (PlannedMember member in plan.Certificates.SelectMany(planned => planned.Members))
        {
            if (reader.Certificate(member.CertificateFile) is { } found)
            {
                known.Add(KeyOf(member.Planned.Issuer ?? member.Planned.Stem, found.SerialNumber));
            }
        }

        return known;
    }

    private IEnumerable<string> Certificates(string stranger)
    {
        string suffix = FileNames.Suffix(ArtifactKind.Certificate);
        bool IsCertificate(string name) => name.EndsWith(suffix, StringComparison.Ordinal)
            && !name.EndsWith(FileNames.Suffix(ArtifactKind.Chain), StringComparison.Ordinal)
            && !name.EndsWith(FileNames.Suffix(ArtifactKind.Anchors), StringComparison.Ordinal);
        if (!stranger.EndsWith('/'))
        {
            return IsCertificate(stranger) ? [stranger] : [];
        }

        return reader.IsLink(stranger) || reader.FolderFault(stranger) is not null
            ? []
            : reader.Names(stranger).Where(IsCertificate).Select(name => stranger + name);
    }

    /// <summary>Whether whoever trusts that authority takes the certificate, as long as nobody looks for it on a list.</summary>
    private bool Verifies(ParsedCertificate certificate, ExpectedIssuer issuer) =>
        certificate.NotAfter > now
        && issuer.SubjectPublicKeyInfo is { } key
        && !certificate.IsSelfIssued
        && certificate.Issuer.Der.Span.SequenceEqual(issuer.Subject.Span)
        && memoryOf(issuer).Find(certificate.SerialBytes) is null
        && !IsRevoked(issuer.Stem, certificate.SerialNumber)
        && certificate.IsSignedBy(key);

    private bool IsRevoked(string authority, BigInteger serial) => plan.CrlSteps.Any(final =>
        final.Step is SignCrl step && step.Issuer.Name == authority && step.Template.Revokes.Any(revoked => revoked.Serial == serial));

    private static string KeyOf(string authority, BigInteger serial) => $"{authority} {serial}";

    private sealed record Forgotten(string Authority, string Name, BigInteger Serial, DateTimeOffset Until);
}
