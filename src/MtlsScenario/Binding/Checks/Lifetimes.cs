using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports certificates that are valid while their issuer's is not: that is legal, and every verifier refuses them then.</summary>
internal static class Lifetimes
{
    public static void Check(BoundScenario scenario, DateTimeOffset now, FaultList faults)
    {
        foreach (BoundCertificate certificate in scenario.Certificates)
        {
            if (scenario.FindAuthority(certificate.Specification.Issuer) is not { } issuer || !certificate.IsSound || !issuer.Certificate.IsSound || !IsKnown(issuer.Model, issuer.Certificate))
            {
                continue;
            }

            Lifetime own = certificate.Specification.Lifetime;
            Lifetime above = issuer.Certificate.Specification.Lifetime;
            SourcePosition position = certificate.Fields.PositionOf("lifetime");
            if (own.Until.At(now) > above.Until.At(now))
            {
                faults.Warning(
                    position,
                    DiagnosticCodes.OutlivesIssuer,
                    $"{certificate.Label} ends ({TimePointText.Of(own.Until)}) after its issuer's ({TimePointText.Of(above.Until)}): from then on nobody accepts it");
            }

            if (own.From.At(now) < above.From.At(now))
            {
                faults.Warning(
                    position,
                    DiagnosticCodes.StartsBeforeIssuer,
                    $"{certificate.Label} begins ({TimePointText.Of(own.From)}) before its issuer's ({TimePointText.Of(above.From)}): until then nobody accepts it");
            }
        }
    }

    /// <summary>Of a provided certificate only what is written is known.</summary>
    private static bool IsKnown(Authority issuer, BoundCertificate certificate) =>
        !issuer.IsExternal || certificate.Fields["lifetime"] is not null;
}
