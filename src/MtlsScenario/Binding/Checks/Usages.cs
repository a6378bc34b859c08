using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports certificates whose own usages and purposes exclude what they are used for.</summary>
internal static class Usages
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        HashSet<string> issuers = [.. scenario.Certificates.Select(certificate => certificate.Specification.Issuer).OfType<string>()];
        foreach (BoundAuthority authority in scenario.Authorities.Where(authority =>
            authority.Certificate.IsSound && issuers.Contains(authority.Model.Name)))
        {
            CheckIssuer(authority, faults);
        }

        foreach ((_, BoundPartyCertificate use) in scenario.PartyCertificates.Where(pair => pair.Use.Certificate.IsSound))
        {
            CheckPurpose(use, faults);
        }
    }

    private static void CheckIssuer(BoundAuthority authority, FaultList faults)
    {
        CertificateSpecification planned = authority.Certificate.Specification;
        if (planned.Profile == CertificateProfile.Bare && planned.Issuer is not null && !authority.Model.IsExternal)
        {
            faults.Warning(
                authority.Certificate.Fields.PositionOf("profile"),
                DiagnosticCodes.IssuerCannotSign,
                $"{authority.Certificate.Label} is X.509 v1 (profile bare, not a root), which verifiers do not take for an authority's");
        }

        if (planned.KeyUsage != KeyUsages.None && !planned.KeyUsage.HasFlag(KeyUsages.KeyCertSign))
        {
            faults.Warning(
                authority.Certificate.Fields.PositionOf("keyUsage"),
                DiagnosticCodes.IssuerCannotSign,
                $"the keyUsage of {authority.Certificate.Label} lacks keyCertSign, so nobody accepts what it issues");
        }
    }

    private static void CheckPurpose(BoundPartyCertificate use, FaultList faults)
    {
        BoundCertificate certificate = use.Certificate;
        (string Name, KeyPurpose Purpose)[] needed = use.Model.Role switch
        {
            Role.Server => [("serverAuth", KeyPurpose.ServerAuth)],
            Role.Client => [("clientAuth", KeyPurpose.ClientAuth)],
            _ => [("serverAuth", KeyPurpose.ServerAuth), ("clientAuth", KeyPurpose.ClientAuth)],
        };
        foreach ((string name, KeyPurpose purpose) in needed)
        {
            if (certificate.Specification.ExtendedKeyUsage is { IsEmpty: false } purposes
                && !purposes.Contains(purpose) && !purposes.Contains(KeyPurpose.Any))
            {
                faults.Warning(
                    certificate.Fields.PositionOf("extendedKeyUsage"),
                    DiagnosticCodes.PurposeNotForRole,
                    $"the extendedKeyUsage of {certificate.Label} lacks {name}, so the other end turns it away");
            }
        }

        if (certificate.Specification.KeyUsage is not KeyUsages.None and var usage && !usage.HasFlag(KeyUsages.DigitalSignature))
        {
            faults.Warning(
                certificate.Fields.PositionOf("keyUsage"),
                DiagnosticCodes.PurposeNotForRole,
                $"the keyUsage of {certificate.Label} lacks digitalSignature, which TLS 1.3 needs");
        }
    }
}
