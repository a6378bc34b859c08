using MtlsScenario.Files;

namespace MtlsScenario.Planning;

/// <summary>A folder that was there keeps its mode, and is named where others than its owner may write into it.</summary>
internal static class FolderModes
{
    /// <summary>The warnings, in sentences.</summary>
    public static IEnumerable<string> Warnings(Plan plan, FolderReader reader)
    {
        if (reader.OthersMayWrite())
        {
            yield return "others than its owner may write into the folder of the certificates; its mode is left as it is";
        }

        IEnumerable<string> folders = plan.Certificates
            .Where(certificate => certificate.Replicas is null)
            .Select(certificate => Path.GetDirectoryName(certificate.Files.Certificate)!)
            .Where(folder => folder.Length > 0)
            .Distinct(StringComparer.Ordinal);
        foreach (string folder in folders.Where(reader.OthersMayWrite))
        {
            yield return $"others than its owner may write into {folder}/; its mode is left as it is";
        }
    }
}
