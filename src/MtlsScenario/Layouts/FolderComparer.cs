using System.Runtime.Versioning;
using MtlsScenario.Files;
using MtlsScenario.Planning;

namespace MtlsScenario.Layouts;

/// <summary>Compares which files a script left, and with which modes, with those that the native engine leaves.</summary>
internal static class FolderComparer
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode SharedFolderMode = FolderMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const UnixFileMode PublicMode = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>One comparison for each file or folder that is missing, is there though it should not be, or has another mode.</summary>
    /// <param name="plan">The plan that was carried out.</param>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<FileComparison> Differences(Plan plan, string folder)
    {
        string[] expected = [.. Expected(plan).Distinct().Order(StringComparer.Ordinal)];
        string[] found =
        [
            .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal),
        ];
        foreach (string missing in expected.Except(found))
        {
            yield return FileComparison.Fault(missing, "file", "there", "missing");
        }

        foreach (string extra in found.Except(expected))
        {
            yield return FileComparison.Fault(extra, "file", "none", "there");
        }

        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        HashSet<string> provided =
        [
            .. plan.Certificates.Where(certificate => certificate.IsExternal)
                .SelectMany(certificate => new[] { certificate.Files.Certificate, certificate.Files.Key }),
        ];
        Dictionary<string, UnixFileMode> modes = KeyModes(plan);
        foreach (string file in expected.Intersect(found))
        {
            if (!provided.Contains(file) && ModeFault(folder, file, modes.GetValueOrDefault(file, PublicMode)) is { } fault)
            {
                yield return fault;
            }
        }

        HashSet<string> folders = [.. expected.Select(file => file.Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0])];
        foreach (string inner in Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            FileComparison? fault = folders.Contains(inner)
                ? ModeFault(folder, inner, IsShared(plan, inner) ? SharedFolderMode : FolderMode)
                : FileComparison.Fault(inner, "folder", "none", "there");
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static Dictionary<string, UnixFileMode> KeyModes(Plan plan) =>
        new(
            from certificate in plan.Certificates
            from path in certificate.Formats.Where(format => format.HoldsKey).Select(format => format.FormatFile).Prepend(certificate.Files.Key)
            from member in certificate.Members
            select KeyValuePair.Create(member.At(path), certificate.KeyAccess.Mode),
            StringComparer.Ordinal);

    private static bool IsShared(Plan plan, string folder) =>
        plan.Certificates.Any(certificate => certificate.KeyAccess.IsForGroup && PlannedFolders.IsOf(certificate, folder));

    [UnsupportedOSPlatform("windows")]
    private static FileComparison? ModeFault(string folder, string path, UnixFileMode expected)
    {
        UnixFileMode mode = File.GetUnixFileMode(Path.Combine(folder, path));
        return mode == expected ? null : FileComparison.Fault(path, "mode", KeyAccess.OctalOf(expected), KeyAccess.OctalOf(mode));
    }

    private static IEnumerable<string> Expected(Plan plan)
    {
        foreach (PlannedCertificate certificate in plan.Certificates)
        {
            if (certificate.IsExternal)
            {
                yield return certificate.Files.Certificate;
                if (plan.IssuedBy(certificate.Stem).Any())
                {
                    yield return certificate.Files.Key;
                }
            }

            foreach (string file in certificate.Steps
                .Where(step => step is not RequestCertificate { IsKept: false })
                .SelectMany(step => certificate.Members.Select(member => member.At(step.Output))))
            {
                yield return file;
            }
        }

        foreach (string file in plan.FinalSteps.Concat(plan.CrlSteps).SelectMany(final => final.Derivations.Select(file => file.Output)))
        {
            yield return file;
        }
    }
}
