using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>The folders that a plan has in the folder of the certificates.</summary>
/// <param name="plan">The plan.</param>
internal sealed class PlannedFolders(Plan plan)
{
    private readonly PlannedCertificate[] _inFolders =
        [.. plan.Certificates.DistinctBy(certificate => certificate.Folder, StringComparer.Ordinal)];

    /// <summary>Whether it has one of that name, which may end in a slash.</summary>
    public bool Has(string name) => _inFolders.Any(certificate => IsOf(certificate, name.TrimEnd('/')));

    /// <summary>Whether that is the folder with the key of a certificate, or of one of its replicas.</summary>
    public static bool IsOf(PlannedCertificate certificate, string name) => certificate.Replicas is { } replicas
        ? replicas.NumberIn(certificate.Folder, name) is not null
        : certificate.Folder.Length > 0 && string.Equals(certificate.Folder, name, StringComparison.Ordinal);
}
