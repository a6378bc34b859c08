namespace MtlsScenario.Planning;

/// <summary>Who may read the files of a certificate with a key in them, when they are made.</summary>
/// <param name="Mode">Their mode.</param>
/// <param name="Group">The name of their group; null for that of whoever makes them.</param>
internal sealed record KeyAccess(UnixFileMode Mode, string? Group)
{
    /// <summary>What holds where nothing is said.</summary>
    public static KeyAccess OwnerOnly { get; } = new(UnixFileMode.UserRead | UnixFileMode.UserWrite, null);

    /// <summary>Whether others than the owner read them, so that the folder must let those pass.</summary>
    public bool IsForGroup => Group is not null || Mode.HasFlag(UnixFileMode.GroupRead);

    /// <summary>The mode, as it is written: <c>0640</c>.</summary>
    public string Octal => OctalOf(Mode);

    /// <summary>A mode, as it is written: <c>0640</c>.</summary>
    public static string OctalOf(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
