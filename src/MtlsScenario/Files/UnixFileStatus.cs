namespace MtlsScenario.Files;

/// <summary>Whose a file or folder is, and what others may do with it.</summary>
/// <param name="User">The number of its owner.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Mode">Its mode.</param>
internal readonly record struct UnixFileStatus(uint User, uint Group, UnixFileMode Mode)
{
    /// <summary>The widest mode that a key may have: its owner writes it, its group reads it.</summary>
    public const UnixFileMode WidestKey = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private const UnixFileMode BeyondKey =
        UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether more may be done with it than with a key.</summary>
    public bool IsWide => (Mode & BeyondKey) != 0;

    /// <summary>Whether everybody may write it, or put files into it. In a folder such as /tmp, too, anybody can be first with a name.</summary>
    public bool IsEverybodys => Mode.HasFlag(UnixFileMode.OtherWrite);

    /// <summary>Whether the members of a group get through it, where it is a folder.</summary>
    public bool LetsPass(uint group) =>
        Mode.HasFlag(Group == group ? UnixFileMode.GroupExecute : UnixFileMode.OtherExecute);
}
