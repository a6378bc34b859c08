namespace MtlsScenario.Model;

/// <summary>A scenario that is counted from a moment of its own in place of that of issuance.</summary>
internal static class ScenarioEpoch
{
    /// <summary>The same scenario with all its dates written.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="epoch">The moment, UTC, whole seconds.</param>
    public static Scenario At(this Scenario scenario, DateTimeOffset epoch) => scenario with
    {
        Authorities =
        [
            .. scenario.Authorities.Select(authority => authority with
            {
                Certificate = authority.Certificate is { } own ? At(own, epoch) : null,
                Crl = authority.Crl is { Lifetime: { } validity } crl ? crl with { Lifetime = At(validity, epoch) } : authority.Crl,
                Revokes = [.. authority.Revokes.Select(revoked => revoked with { At = At(revoked.At ?? Now, epoch) })],
            }),
        ],
        Parties =
        [
            .. scenario.Parties.Select(party => party with
            {
                Certificates = [.. party.Certificates.Select(use => use with { Certificate = At(use.Certificate, epoch) })],
            }),
        ],
    };

    /// <summary>What is counted from issuance in a scenario, as its path; null where all dates are written.</summary>
    public static string? FirstRelative(this Scenario scenario)
    {
        foreach (Authority authority in scenario.Authorities)
        {
            string path = $"authorities.{authority.Name}";
            if (!authority.IsExternal && Relative(authority.Certificate!, path) is { } own)
            {
                return own;
            }

            if (authority.Revokes.Any(revoked => revoked.At is not TimePoint.Instant))
            {
                return $"{path}.revokes";
            }
        }

        return (from party in scenario.Parties
                from use in party.Certificates
                select Relative(use.Certificate, $"parties.{party.Name}.{use.Role.ToString().ToLowerInvariant()}")).FirstOrDefault(path => path is not null);
    }

    private static TimePoint Now { get; } = new TimePoint.Offset(TimeSpan.Zero);

    private static string? Relative(CertificateSpecification certificate, string path) =>
        certificate.Lifetime is not { From: TimePoint.Instant, Until: TimePoint.Instant } ? $"{path}.lifetime"
        : certificate.Revoked is { At: not TimePoint.Instant } ? $"{path}.revoked"
        : null;

    private static CertificateSpecification At(CertificateSpecification certificate, DateTimeOffset epoch) => certificate with
    {
        Lifetime = At(certificate.Lifetime, epoch),
        RenewBefore = null,
        Revoked = certificate.Revoked is { } revoked ? revoked with { At = At(revoked.At ?? Now, epoch) } : null,
    };

    private static Lifetime At(Lifetime lifetime, DateTimeOffset epoch) => new(At(lifetime.From, epoch), At(lifetime.Until, epoch));

    private static TimePoint.Instant At(TimePoint point, DateTimeOffset epoch) => new(point.At(epoch));
}
