using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>
/// Who gets through the folders that are made: their owner alone, and where a key is to be read by a group, that one too.
/// </summary>
/// <param name="plan">What there should be; null where nobody else reads anything.</param>
internal sealed class NewFolders(Plan? plan)
{
    /// <summary>The mode of a folder that only its owner gets through.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder of the certificates, and those above it: others get through it, and do not see what is in it.</summary>
    public NewFileAccess Root => new(
        plan?.Certificates.Any(certificate => certificate.KeyAccess.IsForGroup) == true
            ? Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            : Private);

    /// <summary>The number of a group.</summary>
    /// <exception cref="FolderException">There is none of that name.</exception>
    public static uint GroupNumber(string name) =>
        UnixAccounts.GroupNumber(name) ?? throw new FolderException($"there is no group {name} on this machine");

    /// <summary>The folder of a party or of a third-party authority.</summary>
    public NewFileAccess OfParty(string name) =>
        plan?.Certificates.FirstOrDefault(certificate => certificate.KeyAccess.IsForGroup && PlannedFolders.IsOf(certificate, name))
            is { KeyAccess.Group: var group }
            ? new NewFileAccess(
                Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute, Group: group is null ? null : GroupNumber(group))
            : new NewFileAccess(Private);
}
