using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>A signature by an Ed25519 key has no digest (RFC 8410), so one that is written means nothing.</summary>
internal static class Digests
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach (BoundCertificate certificate in scenario.Certificates)
        {
            if (certificate.Fields["digest"] is not { } field || !IsEd25519(certificate))
            {
                continue;
            }

            string? issuer = certificate.Specification.Issuer;
            if (issuer is null || (scenario.FindAuthority(issuer) is { } authority && IsEd25519(authority.Certificate)))
            {
                faults.Error(
                    field.Position,
                    DiagnosticCodes.DigestWithEd25519,
                    issuer is null
                        ? $"digest means nothing for {certificate.Label}: its key is ed25519, whose signatures have none"
                        : $"digest means nothing for {certificate.Label}: its key and its issuer's are ed25519, whose signatures have none",
                    "leave it out");
            }
        }
    }

    private static bool IsEd25519(BoundCertificate certificate) =>
        certificate.HasKnownKey && certificate.Specification.Key == KeyAlgorithm.Ed25519;
}
