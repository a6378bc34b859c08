using MtlsScenario.Graphs;
using MtlsScenario.Issuance;
using MtlsScenario.Model;
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
        [.. plan.Certificates.Select(planned => EntryOf(plan, planned) with { Content = ContentOf(plan, planned) })],
        OtherFiles: []);

    /// <summary>What a plan says around a certificate: whose it is, its files, who trusts whom.</summary>
    public static CertificateEntry EntryOf(Plan plan, PlannedCertificate planned) => new()
    {
        Stem = planned.Stem,
        Part = PlanText.Part(planned),
        Files = [.. FilesOf(plan, planned)],
        Trusts = planned.IsAuthority ? null : planned.Anchors,
        TrustedBy = planned.IsAuthority
            ? [.. plan.TrustedBy(planned.Stem).Select(other => other.Stem)]
            : null,
        Revoked = planned.Revoked is { } revoked ? GraphText.Revoked(revoked) : null,
        Crl = planned.IsAuthority ? [.. CrlOf(plan, planned)] : [],
        Checks = planned.ChecksRevocation ? planned.CrlIssuers : null,
    };

    /// <summary>The step that makes an authority's CRL; null where none is made.</summary>
    public static SignCrl? CrlStepOf(Plan plan, string stem) =>
        plan.CrlSteps.Select(final => final.Step).OfType<SignCrl>().FirstOrDefault(step => step.Issuer.Name == stem);

    private static IEnumerable<string> CrlOf(Plan plan, PlannedCertificate planned)
    {
        if (CrlStepOf(plan, planned.Stem) is not { } step)
        {
            yield break;
        }

        string lasts = step.Template.Validity is { } validity ? PlanText.Validity(validity) : "until its authority's end";
        yield return step.Signer.Name == planned.Stem ? lasts : $"{lasts}, signed by {step.Signer.Name}";
        foreach (RevokedSerial revoked in step.Template.Revokes)
        {
            yield return $"revokes {PlanText.Serial(revoked.Serial)}: {GraphText.Revoked(new CertificateRevocation(revoked.Reason, revoked.At))}";
        }
    }

    /// <summary>What a certificate will say; null where that is not for the plan to say.</summary>
    public static CertificateContent? ContentOf(Plan plan, PlannedCertificate planned)
    {
        if (planned is not { Template: { } template, Key: { } key, IsExternal: false })
        {
            return null;
        }

        PlannedCertificate signer = planned.Issuer is { } issuer ? plan[issuer] : planned;
        return new CertificateContent
        {
            Version = template.Version,
            Subject = SubjectOf(planned)!,
            Issuer = planned.IsSelfSigned ? PlanText.Itself : PlanText.Issuer(SubjectOf(signer), signer.Stem),
            SerialNumber = PlanText.Serial(template.Serial),
            Validity = PlanText.Validity(template.Validity),
            PublicKey = KeyDescription.Of(key).Text,
            SignatureAlgorithm = signer is { IsExternal: false, Key: { } algorithm }
                ? X509.SignatureAlgorithm.For(algorithm, template.Digest).Name
                : null,
            Extensions = [.. template.Extensions.Select(extension => EntryOf(extension, planned, signer))],
        };
    }

    /// <summary>
    /// The subject as its certificate has it, where the attributes of a multi-valued RDN are sorted; null of an external
    /// authority, whose certificate says it.
    /// </summary>
    public static string? SubjectOf(PlannedCertificate planned) => planned is { IsExternal: false, Template: { } template }
        ? ParsedName.Read(NameEncoder.Encode(template.Subject)).ToString()
        : null;

    /// <summary>What a planned extension will say.</summary>
    public static ExtensionEntry EntryOf(PlannedExtension extension, PlannedCertificate planned, PlannedCertificate signer)
    {
        string oid = ExtensionEncoder.OidOf(extension);
        string value = extension switch
        {
            PlannedExtension.SubjectKeyIdentifier => PlanText.OwnKeyHash,
            PlannedExtension.AuthorityKeyIdentifier when planned.IsSelfSigned => PlanText.OwnKeyHash,
            PlannedExtension.AuthorityKeyIdentifier => PlanText.KeyOf(signer.Stem),
            PlannedExtension.SubjectAlternativeName names => string.Join(", ", names.Names),
            _ => ExtensionText.Of(new ParsedExtension(
                oid, extension.IsCritical, ExtensionEncoder.Encode(extension, default))),
        };
        return new ExtensionEntry(ExtensionText.Name(oid), extension.IsCritical, value);
    }

    private static IEnumerable<FileEntry> FilesOf(Plan plan, PlannedCertificate planned)
    {
        // An external authority's key is nobody's business unless it signs here.
        if (!planned.IsExternal || !planned.IsAuthority || plan.IssuedBy(planned.Stem).Any())
        {
            yield return new FileEntry(ArtifactKind.Key, planned.Files.Key);
        }

        if (planned.KeepsRequest)
        {
            yield return new FileEntry(ArtifactKind.Request, planned.Files.Request);
        }

        yield return new FileEntry(ArtifactKind.Certificate, planned.Files.Certificate);
        if (planned.Files.Chain is { } chain)
        {
            yield return new FileEntry(ArtifactKind.Chain, chain);
        }

        if (planned.Files.Anchors is { } anchors)
        {
            yield return new FileEntry(ArtifactKind.Anchors, anchors);
        }

        if (planned.Files.Crl is { } crl)
        {
            yield return new FileEntry(ArtifactKind.Crl, crl);
        }

        foreach (WriteFormat format in planned.Formats)
        {
            yield return new FileEntry(format.Kind, format.FormatFile);
        }
    }
}
