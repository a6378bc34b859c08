using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Holds the key of each external authority that is to sign something against its certificate: it must be usable, and that
/// certificate's. Where there is none, what it is to sign is awaited.
/// </summary>
internal static class ExternalAuthorityKeys
{
    /// <summary>What is in the way.</summary>
    /// <param name="plan">What there should be.</param>
    /// <param name="outlooks">The authorities, by stem, as far as they could be read.</param>
    /// <param name="changes">What is to be issued.</param>
    /// <param name="keys">The keys of the folder.</param>
    public static IEnumerable<Obstacle> Obstacles(
        Plan plan, IReadOnlyDictionary<string, ExpectedIssuer> outlooks, List<CertificateChange> changes, FolderKeys keys)
    {
        var signedFirst = new Dictionary<string, CertificateChange>(StringComparer.Ordinal);
        foreach (CertificateChange change in changes.Where(change => change is { Issues: true, Certificate.Issuer: not null }))
        {
            signedFirst.TryAdd(change.Certificate.Issuer!, change);
        }

        foreach (PlannedCertificate authority in plan.Certificates.Where(certificate => certificate is { IsExternal: true, IsAuthority: true }))
        {
            if (!outlooks.TryGetValue(authority.Stem, out ExpectedIssuer? outlook)
                || !signedFirst.TryGetValue(authority.Stem, out CertificateChange? signed))
            {
                continue;
            }

            string? fault = keys.Read(authority.Files.Key) switch
            {
                // Then what it is to sign is awaited.
                KeyOnDisk.Missing => null,
                KeyOnDisk.Unusable unusable => $"cannot be used: {unusable.Fault}",
                KeyOnDisk.Present present
                    when !present.SubjectPublicKeyInfo.Span.SequenceEqual(outlook.SubjectPublicKeyInfo!.Value.Span) =>
                    $"is not the key of {authority.Files.Certificate}",
                _ => null,
            };
            if (fault is not null)
            {
                yield return new Obstacle(
                    authority.Stem,
                    $"{authority.Files.Key} {fault}, and {authority.Stem} must sign {signed.Stem}",
                    $"put the key of {authority.Stem} there, or let another authority issue {signed.Stem}");
            }
        }
    }
}
