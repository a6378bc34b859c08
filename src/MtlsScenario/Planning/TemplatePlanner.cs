using System.Collections.Immutable;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>Plans what certificates say.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="authorities">The authorities that are planned so far.</param>
internal sealed class TemplatePlanner(Scenario scenario, IReadOnlyDictionary<string, PlannedCertificate> authorities)
{
    /// <summary>The template of a certificate; the issuer's is planned already.</summary>
    public CertificateTemplate Of(PlannedCertificate planned, CertificateSpecification certificate)
    {
        bool isV1 = certificate.Profile == CertificateProfile.Bare && !planned.IsSelfSigned;
        return new CertificateTemplate(
            isV1 ? 1 : 3,
            certificate.Subject,
            certificate.Serial,
            certificate.Lifetime,
            certificate.Digest,
            isV1 ? [] : [.. certificate.Profile == CertificateProfile.Bare ? BareRoot() : Extensions(planned, certificate)]);
    }

    /// <summary>What <c>openssl req -x509</c> adds with the configuration that it comes with.</summary>
    private static IEnumerable<PlannedExtension> BareRoot() =>
    [
        new PlannedExtension.SubjectKeyIdentifier(),
        new PlannedExtension.AuthorityKeyIdentifier(),
        new PlannedExtension.BasicConstraints(isCa: true, pathLength: null),
    ];

    private IEnumerable<PlannedExtension> Extensions(PlannedCertificate planned, CertificateSpecification certificate)
    {
        yield return new PlannedExtension.BasicConstraints(planned.IsAuthority, certificate.PathLength);
        if (certificate.KeyUsage != KeyUsages.None)
        {
            yield return new PlannedExtension.KeyUsage(certificate.KeyUsage);
        }

        if (!certificate.ExtendedKeyUsage.IsEmpty)
        {
            yield return new PlannedExtension.ExtendedKeyUsage(certificate.ExtendedKeyUsage);
        }

        yield return new PlannedExtension.SubjectKeyIdentifier();
        if (planned.Issuer is { } issuer && HasSubjectKeyIdentifier(authorities[issuer]))
        {
            yield return new PlannedExtension.AuthorityKeyIdentifier();
        }

        if (!certificate.Names.IsEmpty)
        {
            yield return new PlannedExtension.SubjectAlternativeName(certificate.Names);
        }

        if (certificate.NameConstraints is { } constraints)
        {
            yield return new PlannedExtension.NameConstraintsExtension(constraints);
        }

        if (planned.Issuer is { } above && scenario.Authority(above).Crl?.Url is { } url)
        {
            yield return new PlannedExtension.CrlDistributionPoint(url);
        }

        foreach (CustomExtension extension in certificate.Extensions)
        {
            yield return new PlannedExtension.Custom(extension.Oid, extension.IsCritical, extension.Value);
        }
    }

    private static bool HasSubjectKeyIdentifier(PlannedCertificate issuer) =>
        issuer.IsExternal || issuer.Adopted is not null || issuer.Template!.Extensions.Any(extension => extension is PlannedExtension.SubjectKeyIdentifier);

    /// <summary>What a request asks for: all but what only the issuer can fill in.</summary>
    public static ImmutableArray<PlannedExtension> Requested(CertificateTemplate template) =>
        [.. template.Extensions.Where(extension => extension is not (PlannedExtension.AuthorityKeyIdentifier or PlannedExtension.CrlDistributionPoint))];
}
