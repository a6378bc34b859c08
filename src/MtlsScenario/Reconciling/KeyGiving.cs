using MtlsScenario.Files;
using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>Finds the keys that cannot be given to whom they must belong, before any is made.</summary>
internal static class KeyGiving
{
    private const string Unknown = "this machine has no such group";

    /// <summary>What is in the way.</summary>
    /// <param name="changes">What is to be done.</param>
    /// <param name="reader">What there is.</param>
    public static IEnumerable<Obstacle> Obstacles(IEnumerable<CertificateChange> changes, FolderReader reader)
    {
        var groups = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (CertificateChange change in changes)
        {
            KeyAccess access = change.Certificate.KeyAccess;
            string path = change.Member.KeyFile;
            if (OperatingSystem.IsWindows() && access != KeyAccess.OwnerOnly)
            {
                yield return new Obstacle(
                    change.Stem,
                    $"keyMode and keyGroup have no meaning on Windows; there {path} gets an access list of its owner alone",
                    "leave them out");
            }
            else if (change.Key == KeyAction.Generate && access.Group is { } group)
            {
                if (!groups.TryGetValue(group, out string? fault))
                {
                    groups.Add(group, fault = Fault(group));
                }

                if (fault is not null)
                {
                    yield return new Obstacle(change.Stem, $"{path} cannot be given to the group {group}: {fault}", Hint(fault));
                }
            }
            else if (change.Key == KeyAction.Replace && reader.Status(path) is { } old && !MayGive(old))
            {
                string owner = $"{UnixAccounts.UserName(old.User)}:{UnixAccounts.GroupName(old.Group)}";
                yield return new Obstacle(
                    change.Stem, $"{path} belongs to {owner}, and its new key could not be given to them", "run this as root");
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
