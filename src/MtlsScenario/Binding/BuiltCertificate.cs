using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Writes certificates that were built in code as a scenario would have them, every default spelled out.</summary>
/// <param name="nodes">Makes the nodes.</param>
/// <param name="written">The scenario, where it is to be read again; null where it is only checked.</param>
internal sealed class BuiltCertificate(BuiltSyntax nodes, Scenario? written = null)
{
    /// <summary>The entries that say what a certificate is to be.</summary>
    /// <param name="path">The keys that lead to it.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">Who issues it, or null.</param>
    public IEnumerable<MappingEntry?> Entries(string path, CertificateSpecification certificate, string? issuer)
    {
        bool isBare = certificate.Profile == CertificateProfile.Bare;
        yield return nodes.Entry(path, "subject", at => Subject(at, certificate.Subject));
        yield return issuer is null ? null : nodes.Entry(path, "issuer", at => nodes.Text(at, issuer));

        // The kind of a provided key may not have been said, and a digest that no signature has is only wrong where it is written.
        yield return certificate.Key == KeyAlgorithm.Rsa2048 ? null : Word(path, "key", certificate.Key, Vocabulary.Keys);
        yield return Enum.IsDefined(certificate.Digest) && !HasDigest(certificate, issuer) ? null : Word(path, "digest", certificate.Digest, Vocabulary.Digests);
        yield return nodes.Entry(path, "lifetime", at => Lifetime(at, certificate.Lifetime));
        yield return Serial(path, certificate.Serial);
        yield return nodes.Entry(path, "request", at => nodes.Truth(at, certificate.KeepsRequest));
        yield return Word(path, "profile", certificate.Profile, Vocabulary.Profiles);
        yield return RenewBefore(path, certificate);
        yield return certificate.Revoked is not { } revoked ? null : nodes.Entry(path, "revoked", at => nodes.Mapping(
            at,
            [
                .. Revocation(at, revoked.Reason, revoked.At),
                revoked.Of is not { } of ? null : nodes.Entry(at, "of", list => nodes.List(list, of, (item, number) => nodes.Text(item, number.ToString(CultureInfo.InvariantCulture)))),
            ]));

        yield return certificate.Adopted is not { } adopted ? null : nodes.Entry(path, "adopted", at => nodes.Text(at, adopted));

        // A bare certificate has no place for these, so only what is there is written.
        yield return isBare && certificate.Names is { IsDefault: false, IsEmpty: true }
            ? null
            : nodes.Entry(path, "names", at => nodes.List(at, certificate.Names, (item, name) => nodes.Text(item, Typed(name.Kind, name.Value))));
        yield return isBare && certificate.KeyUsage == KeyUsages.None ? null : nodes.Entry(path, "keyUsage", at => Usage(at, certificate.KeyUsage));
        yield return isBare && certificate.ExtendedKeyUsage is { IsDefault: false, IsEmpty: true }
            ? null
            : nodes.Entry(path, "extendedKeyUsage", at => nodes.List(at, certificate.ExtendedKeyUsage, (item, purpose) => nodes.Text(item, purpose.ToString())));
        yield return isBare && certificate.Extensions is { IsDefault: false, IsEmpty: true }
            ? null
            : nodes.Entry(path, "extensions", at => nodes.List(at, certificate.Extensions, Extension));
        yield return certificate.PathLength is not { } length
            ? null
            : nodes.Entry(path, "pathLength", at => nodes.Text(at, length.ToString(CultureInfo.InvariantCulture)));
        yield return certificate.NameConstraints is not { } constraints
            ? null
            : nodes.Entry(path, "nameConstraints", at => nodes.Mapping(
                at,
                nodes.Entry(at, "permitted", list => nodes.List(list, constraints.Permitted, Subtree)),
                nodes.Entry(at, "excluded", list => nodes.List(list, constraints.Excluded, Subtree))));
    }

    /// <summary>The entry that says where its files are, or null.</summary>
    public MappingEntry? Files(string path, CertificatePlaces? files) => files is null ? null : nodes.Entry(path, "files", at => nodes.Mapping(
        at,
        FormatKeys.Files.Zip(
            [files.Certificate, files.Key, files.Request, files.Chain, files.Trust],
            (key, place) => place is null ? null : nodes.Entry(at, key, inner => nodes.Text(inner, place)))));

    /// <summary>The entries that say what an authority's CRLs are to be.</summary>
    /// <param name="path">The keys that lead to the authority.</param>
    /// <param name="authority">The authority.</param>
    public IEnumerable<MappingEntry?> Crls(string path, Authority authority)
    {
        yield return nodes.Entry(path, "crl", at => authority.Crl is not { } crl ? nodes.Text(at, "none") : nodes.Mapping(
            at,
            crl.Lifetime is null ? null : nodes.Entry(at, "lifetime", inner => Lifetime(inner, crl.Lifetime)),
            crl.RenewBefore is not { } before ? null : nodes.Entry(at, "renewBefore", inner => nodes.Text(inner, Duration(before))),
            crl.Url is null ? null : nodes.Entry(at, "url", inner => nodes.Text(inner, crl.Url)),
            crl.SignedBy is null ? null : nodes.Entry(at, "signedBy", inner => nodes.Text(inner, crl.SignedBy))));
        yield return nodes.Entry(path, "revokes", at => nodes.List(at, authority.Revokes, (item, revoked) => nodes.Mapping(
            item,
            [
                nodes.Entry(item, "serial", inner => nodes.Text(inner, revoked.Serial.ToString(CultureInfo.InvariantCulture))),
                .. Revocation(item, revoked.Reason, revoked.At),
            ])));
    }

    /// <summary>One word of a vocabulary.</summary>
    public MappingEntry Word<T>(string path, string key, T value, KeywordReader<T> words)
        where T : struct => nodes.Entry(path, key, at => nodes.Text(at, words.Of(value)));

    /// <summary>An instant, with the fraction of a second that it must not have.</summary>
    public static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private IEnumerable<MappingEntry?> Revocation(string path, RevocationReason? reason, TimePoint? at)
    {
        yield return reason is not { } word ? null : Word(path, "reason", word, RevocationReader.Reasons);
        yield return at is null ? null : nodes.Entry(path, "at", inner => nodes.Text(inner, Point(at)));
    }

    private static string Typed(GeneralNameKind kind, string value) =>
        Enum.IsDefined(kind) ? $"{GeneralName.Prefix(kind)}:{value}" : $"{kind}:{value}";

    private SyntaxNode Subject(string path, DistinguishedName? name) => name is null
        ? nodes.Text(path, null)
        : nodes.List(path, name.RelativeNames, (item, relative) => relative.Attributes.IsDefault
            ? nodes.Text(item, null)
            : nodes.Mapping(item, relative.Attributes.Select(attribute =>
                nodes.Entry(item, attribute.Type.ShortName, at => nodes.Text(at, attribute.Value)))));

    private SyntaxNode Lifetime(string path, Lifetime? lifetime) => lifetime switch
    {
        null => nodes.Text(path, null),
        { From: TimePoint.Offset { FromNow.Ticks: 0 }, Until: TimePoint.Offset { FromNow: var length } } => nodes.Text(path, Duration(length)),
        _ => nodes.Mapping(
            path,
            nodes.Entry(path, "from", at => nodes.Text(at, Point(lifetime.From))),
            nodes.Entry(path, "until", at => nodes.Text(at, Point(lifetime.Until)))),
    };

    private static string? Point(TimePoint? point) => point switch
    {
        TimePoint.Instant { Time: var time } => Instant(time),
        TimePoint.Offset { FromNow: var offset } => (offset < TimeSpan.Zero ? "" : "+") + Duration(offset),
        _ => null,
    };

    /// <summary>Whether a digest is to be written: it is another than the default, and a signature has it.</summary>
    private bool HasDigest(CertificateSpecification certificate, string? issuer) => written is not null && certificate.Digest != DigestAlgorithm.Sha256
        && (certificate.Key.HasDigest() || (issuer is not null && written.Authority(issuer).Certificate is { } above && above.Key.HasDigest()));

    /// <summary>In whole days or seconds; a fraction is written, and is a fault.</summary>
    private static string Duration(TimeSpan duration) => duration.Ticks % TimeSpan.TicksPerDay == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Days}d")
        : duration.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / TimeSpan.TicksPerSecond}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks / TimeSpan.TicksPerSecond}s");

    private MappingEntry? Serial(string path, SerialNumber? serial) => serial switch
    {
        SerialNumber.Random => null,
        SerialNumber.Fixed { Value: var value } => nodes.Entry(path, "serial", at => nodes.Text(at, value.ToString(CultureInfo.InvariantCulture))),
        SerialNumber.OfReplica => nodes.Entry(path, "serial", at => nodes.Text(at, Replication.Placeholder)),
        _ => nodes.Entry(path, "serial", at => nodes.Text(at, null)),
    };

    /// <summary>Where nothing is left at issuance it has no say, wherever it comes from.</summary>
    private MappingEntry? RenewBefore(string path, CertificateSpecification certificate) =>
        certificate.RenewBefore is not { } renewBefore
            || certificate.Lifetime?.Until is TimePoint.Offset { FromNow: var left } && left <= TimeSpan.Zero
            ? null
            : nodes.Entry(path, "renewBefore", at => nodes.Text(at, Duration(renewBefore)));

    private SyntaxNode Usage(string path, KeyUsages usages) => nodes.List(
        path,
        [.. Bits(usages).Select(usage => Vocabulary.KeyUsage.Of(usage))],
        nodes.Text);

    private static IEnumerable<KeyUsages> Bits(KeyUsages usages)
    {
        for (int rest = (int)usages; rest != 0; rest &= rest - 1)
        {
            yield return (KeyUsages)(rest & -rest);
        }
    }

    private SyntaxNode Extension(string path, CustomExtension extension) => nodes.Mapping(
        path,
        nodes.Entry(path, "oid", at => nodes.Text(at, extension.Oid)),
        nodes.Entry(path, "critical", at => nodes.Truth(at, extension.IsCritical)),
        nodes.Entry(path, "value", at => nodes.Text(
            at, extension.Value.IsDefault ? null : "hex:" + Convert.ToHexString(extension.Value.AsSpan()))));

    private SyntaxNode Subtree(string path, GeneralSubtree subtree) => nodes.Text(path, Typed(subtree.Kind, subtree.Base));
}
