namespace MtlsScenario.Files;

/// <summary>Whose a new file is, and what others may do with it.</summary>
/// <param name="Mode">Its mode.</param>
/// <param name="User">The number of its owner; null for whoever writes it.</param>
/// <param name="Group">The number of its group; null for that of whoever writes it.</param>
internal readonly record struct NewFileAccess(UnixFileMode Mode, uint? User = null, uint? Group = null)
{
    /// <summary>That of a key that is put aside.</summary>
    public static NewFileAccess OwnerOnly { get; } = new(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>That of a file that everybody may read.</summary>
    public static NewFileAccess Readable { get; } = new(
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>That of a key in the place of another: the old one's, up to what a key may have.</summary>
    public static NewFileAccess After(UnixFileStatus old) => new(old.Mode & UnixFileStatus.WidestKey, old.User, old.Group);
}
