using MtlsScenario.Files;
using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>
/// Who else may put a key into a folder, or owns the key of an authority: what is said of that, for folders and keys that are there
/// are left as they are. A key that everybody may write is refused by <see cref="FolderKeys"/>.
/// </summary>
/// <param name="plan">What there should be.</param>
/// <param name="reader">What there is.</param>
internal sealed class FolderModes(Plan plan, FolderReader reader)
{
    private const string Root = "the folder of the certificates";

    /// <summary>The folders into which everybody may write: no key in them is to be trusted.</summary>
    public IEnumerable<Obstacle> Obstacles()
    {
        if (IsEverybodys(""))
        {
            yield return Everybodys(plan.Certificates[0].Stem, Root);
        }

        foreach (PlannedMember member in InFolders().SelectMany(certificate => certificate.Members))
        {
            if (IsEverybodys(member.Folder))
            {
                yield return Everybodys(member.Planned.Stem, member.Folder + "/");
            }
        }
    }

    /// <summary>The warnings, in sentences.</summary>
    /// <param name="invokingUser">Who called sudo, or null.</param>
    public IEnumerable<string> Warnings(uint? invokingUser)
    {
        if (reader.Status("") is { } root)
        {
            if (MayOthersWrite(root))
            {
                yield return OthersMayWrite(Root);
            }

            if (Stranger(root, invokingUser) is { } owner)
            {
                yield return $"{Root} belongs to {owner}, who may put any key into it";
            }
        }

        foreach (PlannedCertificate certificate in InFolders())
        {
            if (certificate.Replicas is null && reader.Status(certificate.Folder) is { } status && MayOthersWrite(status))
            {
                yield return OthersMayWrite(certificate.Folder + "/");
            }
        }

        foreach (PlannedCertificate authority in plan.Certificates.Where(certificate => certificate.IsAuthority))
        {
            if (reader.Status(authority.Files.Key) is { } key && Stranger(key, invokingUser) is { } owner)
            {
                yield return $"{authority.Files.Key} belongs to {owner}, who can sign as {authority.Stem}";
            }

            if (authority.Folder is { Length: > 0 } folder && reader.Status(folder) is { } status
                && Stranger(status, invokingUser) is { } keeper)
            {
                yield return $"{folder}/ belongs to {keeper}, who may put another key of {authority.Stem} into it";
            }
        }

        foreach (string warning in plan.Certificates.Where(certificate => certificate.KeyAccess.IsForGroup).SelectMany(Blocked).Distinct())
        {
            yield return warning;
        }
    }

    /// <summary>Whether a group may write; of a folder of everybody's <see cref="Obstacles"/> speaks.</summary>
    private static bool MayOthersWrite(UnixFileStatus folder) => folder.Mode.HasFlag(UnixFileMode.GroupWrite) && !folder.IsEverybodys;

    private static string OthersMayWrite(string folder) =>
        $"others than its owner may write into {folder}; its mode is left as it is";

    private static Obstacle Everybodys(string stem, string folder) => new(
        stem,
        $"everybody may write into {folder}, so anybody may have put a key there",
        "see whose the files in it are, close it (chmod o-w), then run this again; or name another folder");

    /// <summary>Whose it is, where that is neither the user of this process nor root nor who called sudo.</summary>
    private static string? Stranger(UnixFileStatus status, uint? invokingUser) =>
        status.User == 0 || status.User == UnixAccounts.CurrentUser || status.User == invokingUser
            ? null
            : UnixAccounts.UserName(status.User);

    private bool IsEverybodys(string folder) => reader.Status(folder) is { IsEverybodys: true };

    private IEnumerable<PlannedCertificate> InFolders() => plan.Certificates
        .Where(certificate => certificate.Folder.Length > 0)
        .DistinctBy(certificate => certificate.Folder, StringComparer.Ordinal);

    /// <summary>A group that is to read a key has to get to it.</summary>
    private IEnumerable<string> Blocked(PlannedCertificate certificate)
    {
        uint? group = certificate.KeyAccess.Group is { } name ? UnixAccounts.GroupNumber(name) : UnixAccounts.CurrentGroup;
        if (group is not { } number)
        {
            yield break;
        }

        if (reader.Status("") is { } root && !root.LetsPass(number))
        {
            yield return CannotPass(Root);
        }

        string folder = certificate.Folder;
        if (folder.Length > 0 && certificate.Replicas is null && reader.Status(folder) is { } status && !status.LetsPass(number))
        {
            yield return CannotPass(folder + "/");
        }

        string CannotPass(string place) =>
            $"the group {UnixAccounts.GroupName(number)}, which is to read {certificate.Files.Key}, cannot get through {place}; its mode is left as it is";
    }
}
