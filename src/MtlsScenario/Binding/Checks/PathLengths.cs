using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports authorities that are deeper than a pathLenConstraint above them allows (RFC 5280 section 4.2.1.9).</summary>
internal static class PathLengths
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        foreach (BoundAuthority authority in scenario.Authorities)
        {
            if (TooShort(authority, scenario) is { } issuer)
            {
                faults.Warning(
                    authority.Certificate.Fields.PositionOf("issuer"),
                    DiagnosticCodes.OutsidePathLength,
                    $"{authority.Certificate.Label} is deeper below {issuer.Certificate.Label} than its pathLength {issuer.Certificate.Specification.PathLength} allows: nobody accepts what it issues");
            }
        }
    }

    private static BoundAuthority? TooShort(BoundAuthority authority, BoundScenario scenario)
    {
        BoundAuthority below = authority;
        int depth = 0;
        foreach (BoundAuthority issuer in scenario.IssuersAbove(authority.Certificate))
        {
            depth += IsSelfIssued(below, issuer) ? 0 : 1;
            if (issuer.Certificate.Specification.PathLength is { } length && depth > length)
            {
                return issuer;
            }

            below = issuer;
        }

        return null;
    }

    /// <summary>Same names, another key: such a certificate is not counted.</summary>
    private static bool IsSelfIssued(BoundAuthority below, BoundAuthority issuer) => string.Equals(
        below.Certificate.Specification.Subject.ToString(), issuer.Certificate.Specification.Subject.ToString(), StringComparison.Ordinal);
}
