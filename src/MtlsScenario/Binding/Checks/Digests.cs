using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports digests that mean nothing: a signature by an Ed25519 or ML-DSA key has none (RFC 8410, RFC 9881).</summary>
internal static class Digests
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach (BoundCertificate certificate in scenario.Certificates)
        {
            if (certificate.Fields["digest"] is not { } field || !SignsWithoutDigest(certificate))
            {
                continue;
            }

            BoundAuthority? issuer = scenario.FindAuthority(certificate.Specification.Issuer);
            if (certificate.Specification.Issuer is null || (issuer is not null && SignsWithoutDigest(issuer.Certificate)))
            {
                faults.Error(
                    field.Position,
                    DiagnosticCodes.DigestWithoutUse,
                    $"digest means nothing for {certificate.Label}: {Keys(certificate, issuer)}, whose signatures have none",
                    "leave it out");
            }
        }
    }

    private static string Keys(BoundCertificate certificate, BoundAuthority? issuer)
    {
        string own = KeyNames.Of(certificate.Specification.Key);
        return issuer is null ? $"its key is {own}"
            : issuer.Certificate.Specification.Key == certificate.Specification.Key ? $"its key and its issuer's are {own}"
            : $"its key is {own} and its issuer's {KeyNames.Of(issuer.Certificate.Specification.Key)}";
    }

    private static bool SignsWithoutDigest(BoundCertificate certificate) =>
        certificate.HasKnownKey && !certificate.Specification.Key.HasDigest();
}
