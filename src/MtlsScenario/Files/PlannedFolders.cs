using System.Globalization;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>The folders that a plan has in the folder of the certificates.</summary>
/// <param name="plan">The plan.</param>
internal sealed class PlannedFolders(Plan plan)
{
    private readonly PlannedCertificate[] _inFolders =
        [.. plan.Certificates.DistinctBy(certificate => Path.GetDirectoryName(certificate.Files.Key), StringComparer.Ordinal)];

    /// <summary>Whether it has one of that name, which may end in a slash.</summary>
    public bool Has(string name) => _inFolders.Any(certificate => IsOf(certificate, name.TrimEnd('/')));

    /// <summary>Whether that is the folder with the key of a certificate, or of one of its replicas.</summary>
    public static bool IsOf(PlannedCertificate certificate, string name)
    {
        string folder = Path.GetDirectoryName(certificate.Files.Key)!;
        if (certificate.Replicas is not { } replicas)
        {
            return folder.Length > 0 && string.Equals(folder, name, StringComparison.Ordinal);
        }

        int start = folder.IndexOf(Replication.Placeholder, StringComparison.Ordinal);
        int end = folder.Length - start - Replication.Placeholder.Length;
        return start >= 0
            && name.Length > start + end
            && int.TryParse(name.AsSpan(start, name.Length - start - end), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1
            && number <= replicas.Count
            && string.Equals(FileNames.ForReplica(folder, number), name, StringComparison.Ordinal);
    }
}
