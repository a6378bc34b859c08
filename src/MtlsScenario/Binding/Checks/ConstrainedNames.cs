using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Binding.Checks;

/// <summary>Reports certificates with names outside of the constraints of an authority above them.</summary>
internal static class ConstrainedNames
{
    public static void Check(BoundScenario scenario, FaultList faults)
    {
        long checks = 0;
        foreach (BoundCertificate certificate in scenario.Certificates)
        {
            GeneralName[] names = [.. NamesOf(certificate.Specification)];
            if (names.Length == 0)
            {
                continue;
            }

            SourcePosition position = certificate.Fields.PositionOf(certificate.Fields["names"] is null ? "subject" : "names");
            foreach (BoundAuthority issuer in scenario.IssuersAbove(certificate))
            {
                if (issuer.Certificate.Specification.NameConstraints is not { } constraints)
                {
                    continue;
                }

                checks += (long)names.Length * (constraints.Permitted.Length + constraints.Excluded.Length);
                if (checks > Limits.ConstraintChecks)
                {
                    faults.Error(
                        position,
                        DiagnosticCodes.ConstraintChecks,
                        $"with the names up to here there are more than {Limits.ConstraintChecks} pairs of a name and a name constraint above it");
                    return;
                }

                if (names.FirstOrDefault(name => !Subtrees.Allow(constraints, name)) is { } outside)
                {
                    faults.Warning(
                        position,
                        DiagnosticCodes.OutsideNameConstraints,
                        $"{VisibleText.Quoted(outside.ToString())} in {certificate.Label} is outside of the nameConstraints of {issuer.Certificate.Label}: nobody accepts it");
                }
            }
        }
    }

    /// <summary>The alternative names, and the e-mail addresses in the subject, which constraints hold for too.</summary>
    private static IEnumerable<GeneralName> NamesOf(CertificateSpecification certificate)
    {
        foreach (GeneralName name in certificate.Names)
        {
            yield return name with { Value = Replication.Fill(name.Value, 1) };
        }

        foreach (AttributeTypeAndValue attribute in certificate.Subject.RelativeNames.SelectMany(relative => relative.Attributes))
        {
            if (attribute.Type == AttributeType.EmailAddress)
            {
                yield return new GeneralName(GeneralNameKind.Email, attribute.Value);
            }
        }
    }
}
