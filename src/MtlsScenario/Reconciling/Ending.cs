using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Revocation;

namespace MtlsScenario.Reconciling;

/// <summary>A certificate or CRL in a folder that ends soon, or has ended.</summary>
/// <param name="Stem">The stem of the certificate, or of the authority whose CRL it is.</param>
/// <param name="File">Relative to the folder.</param>
/// <param name="Kind"><see cref="ArtifactKind.Certificate"/> or <see cref="ArtifactKind.Crl"/>.</param>
/// <param name="Ends">Its notAfter or nextUpdate, UTC.</param>
internal sealed record Ending(string Stem, string File, ArtifactKind Kind, DateTimeOffset Ends)
{
    /// <summary>
    /// What of a plan ends within a time from now, soonest first. A certificate that is planned to have ended is none of them; one
    /// that was provided is.
    /// </summary>
    public static IReadOnlyList<Ending> Within(
        Plan plan, FolderReader reader, DateTimeOffset now, TimeSpan within, CancellationToken cancellationToken)
    {
        var found = new List<Ending>();
        foreach (PlannedCertificate planned in plan.Certificates)
        {
            for (int number = 1; number <= (planned.Replicas?.Count ?? 1); number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                PlannedMember member = planned.Member(planned.Replicas is null ? null : number);
                if (reader.Certificate(member.CertificateFile) is { } certificate
                    && certificate.NotAfter - now <= within
                    && !(certificate.NotAfter <= now && IsToHaveEnded(planned, certificate.NotAfter)))
                {
                    found.Add(new Ending(member.Stem, member.CertificateFile, ArtifactKind.Certificate, certificate.NotAfter));
                }
            }

            if (planned is { IsAuthority: true, Files.Crl: { } file }
                && reader.Read(file).Bytes is { } list
                && ParsedCrl.TryRead(list, out ParsedCrl? crl)
                && crl.NextUpdate is { } next
                && next - now <= within
                && !(next <= now && IsToHaveEnded(plan, planned.Stem)))
            {
                found.Add(new Ending(planned.Stem, file, ArtifactKind.Crl, next));
            }
        }

        return [.. found.OrderBy(ending => ending.Ends).ThenBy(ending => ending.File, StringComparer.Ordinal)];
    }

    private static bool IsToHaveEnded(PlannedCertificate planned, DateTimeOffset notAfter) =>
        planned.Template is { } template && RenewalPolicy.DueFrom(template.Validity, planned.RenewBefore, notAfter) is null;

    private static bool IsToHaveEnded(Plan plan, string stem) => plan.CrlSteps.Any(step =>
        step.Stem == stem && step.Step is SignCrl { Template.Validity: { } validity } && RenewalPolicy.DueFrom(validity, TimeSpan.Zero, DateTimeOffset.UnixEpoch) is null);
}
