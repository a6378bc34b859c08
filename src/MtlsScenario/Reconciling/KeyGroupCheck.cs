using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>Finds, before any key is made, those that cannot be given to their group: to that of <c>keyGroup</c>, or of the key that they replace.</summary>
internal static class KeyGroupCheck
{
    private const string Unknown = "this machine has no such group";

    /// <summary>What is in the way of keys.</summary>
    /// <param name="changes">What is to be done.</param>
    /// <param name="reader">What there is.</param>
    public static IEnumerable<Obstacle> Obstacles(IEnumerable<CertificateChange> changes, FolderReader reader) => Obstacles(
        changes.Select(change => (
            change.Stem,
            change.Member.KeyFile,
            change.Certificate.KeyAccess,
            change.Key == KeyAction.Generate,
            change.Key == KeyAction.Replace)),
        reader);

    /// <summary>What is in the way of files of formats with a key in them; where the key itself is new, that has been said of it.</summary>
    /// <param name="changes">What is to be done.</param>
    /// <param name="plan">What there should be.</param>
    /// <param name="reader">What there is.</param>
    public static IEnumerable<Obstacle> Obstacles(IEnumerable<FinalChange> changes, Plan plan, FolderReader reader)
    {
        if (OperatingSystem.IsWindows())
        {
            return [];
        }

        var files = new List<(string, string, KeyAccess, bool, bool)>();
        foreach (FinalChange change in changes)
        {
            PlannedCertificate? planned = change.Step.Step is WriteFormat { HoldsKey: true } ? plan[change.Step.Stem] : null;
            if (planned is not null && !reader.Read(Replication.Fill(planned.Files.Key, change.Number)).IsMissing)
            {
                files.Add((Replication.Fill(planned.Stem, change.Number), change.Output, planned.KeyAccess, change.Replaces is null, change.Replaces is not null));
            }
        }

        return Obstacles(files, reader);
    }

    private static IEnumerable<Obstacle> Obstacles(
        IEnumerable<(string Stem, string Path, KeyAccess Access, bool IsNew, bool IsReplaced)> files, FolderReader reader)
    {
        var groups = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach ((string stem, string path, KeyAccess access, bool isNew, bool isReplaced) in files)
        {
            if (OperatingSystem.IsWindows() && access != KeyAccess.OwnerOnly)
            {
                yield return new Obstacle(
                    stem,
                    $"keyMode and keyGroup have no meaning on Windows; there {path} gets an access list of its owner alone",
                    "leave them out");
            }
            else if (isNew && access.Group is { } group)
            {
                if (!groups.TryGetValue(group, out string? fault))
                {
                    groups.Add(group, fault = Fault(group));
                }

                if (fault is not null)
                {
                    yield return new Obstacle(stem, $"{path} cannot be given to the group {group}: {fault}", Hint(fault));
                }
            }
            else if (isReplaced && reader.Status(path) is { } old && !MayGive(old))
            {
                string owner = $"{UnixAccounts.UserName(old.User)}:{UnixAccounts.GroupName(old.Group)}";
                yield return new Obstacle(
                    stem, $"{path} belongs to {owner}, and {(path.EndsWith(FileNames.Suffix(ArtifactKind.Key), StringComparison.Ordinal) ? "its new key" : "a new one")} could not be given to them", "run this as root");
            }
        }
    }

    private static string? Fault(string group) => UnixAccounts.GroupNumber(group) switch
    {
        null => Unknown,
        { } number when !UnixAccounts.MayGive(number) => $"{UnixAccounts.UserName(UnixAccounts.CurrentUser)} is not in it",
        _ => null,
    };

    private static string Hint(string fault) => fault == Unknown
        ? "make it, or name another keyGroup"
        : "run this as root, or as a user who is in it";

    private static bool MayGive(UnixFileStatus old) =>
        UnixAccounts.IsRoot || (old.User == UnixAccounts.CurrentUser && UnixAccounts.MayGive(old.Group));
}
