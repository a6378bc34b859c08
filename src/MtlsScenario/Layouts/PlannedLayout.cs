using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Layouts;

/// <summary>The layout of what would be issued. What comes from keys and from the moment of issuance is said in words.</summary>
internal static class PlannedLayout
{
    /// <summary>The layout of a plan.</summary>
    public static Layout Of(Plan plan) => new(
        plan.Name,
        plan.Description,
        [.. plan.Certificates.Select(wish => EntryOf(plan, wish) with { Content = ContentOf(plan, wish) })],
        OtherFiles: []);

    /// <summary>What a plan says around a certificate: whose it is, its files, who trusts whom.</summary>
    public static CertificateEntry EntryOf(Plan plan, PlannedCertificate wish) => new()
    {
        Stem = wish.Stem,
        Part = Wording.Part(wish),
        Files = [.. FilesOf(plan, wish)],
        Trusts = wish.IsAuthority ? null : wish.Anchors,
        TrustedBy = wish.IsAuthority
            ? [.. plan.TrustedBy(wish.Stem).Select(other => other.Stem)]
            : null,
    };

    /// <summary>What a certificate will say; null where that is not for the plan to say.</summary>
    public static CertificateContent? ContentOf(Plan plan, PlannedCertificate wish)
    {
        if (wish is not { Template: { } template, Key: { } key, IsExternal: false })
        {
            return null;
        }

        PlannedCertificate signer = wish.Issuer is { } issuer ? plan[issuer] : wish;
        return new CertificateContent
        {
            Version = template.Version,
            Subject = SubjectOf(wish)!,
            Issuer = wish.IsSelfSigned ? Wording.Itself : Wording.Issuer(SubjectOf(signer), signer.Stem),
            SerialNumber = Wording.Serial(template.Serial),
            Validity = Wording.Validity(template.Validity),
            PublicKey = KeyDescription.Of(key).Text,
            SignatureAlgorithm = signer is { IsExternal: false, Key: { } algorithm }
                ? X509.SignatureAlgorithm.For(algorithm, template.Digest).Name
                : null,
            Extensions = [.. template.Extensions.Select(extension => EntryOf(extension, wish, signer))],
        };
    }

    /// <summary>
    /// The subject as its certificate has it, where the attributes of a multi-valued RDN are sorted; null of an external
    /// authority, whose certificate says it.
    /// </summary>
    public static string? SubjectOf(PlannedCertificate wish) => wish is { IsExternal: false, Template: { } template }
        ? ParsedName.Read(NameEncoder.Encode(template.Subject)).ToString()
        : null;

    /// <summary>What a planned extension will say.</summary>
    public static ExtensionEntry EntryOf(PlannedExtension extension, PlannedCertificate wish, PlannedCertificate signer)
    {
        string oid = ExtensionEncoder.OidOf(extension);
        string value = extension switch
        {
            PlannedExtension.SubjectKeyIdentifier => Wording.OwnKeyHash,
            PlannedExtension.AuthorityKeyIdentifier when wish.IsSelfSigned => Wording.OwnKeyHash,
            PlannedExtension.AuthorityKeyIdentifier => Wording.KeyOf(signer.Stem),
            PlannedExtension.SubjectAlternativeName names => string.Join(", ", names.Names),
            _ => ExtensionText.Of(new ParsedExtension(
                oid, extension.IsCritical, ExtensionEncoder.Encode(extension, default))),
        };
        return new ExtensionEntry(ExtensionText.Name(oid), extension.IsCritical, value);
    }

    private static IEnumerable<FileEntry> FilesOf(Plan plan, PlannedCertificate wish)
    {
        // An external authority's key is nobody's business unless it signs here.
        if (!wish.IsExternal || plan.IssuedBy(wish.Stem).Any())
        {
            yield return new FileEntry("key", wish.Files.Key);
        }

        if (wish.KeepsRequest)
        {
            yield return new FileEntry("request", wish.Files.Request);
        }

        yield return new FileEntry("certificate", wish.Files.Certificate);
        if (wish.Files.Chain is { } chain)
        {
            yield return new FileEntry("chain", chain);
        }

        if (wish.Files.Anchors is { } anchors)
        {
            yield return new FileEntry("trust anchors", anchors);
        }
    }
}
