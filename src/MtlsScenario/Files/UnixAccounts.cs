using System.Globalization;
using System.Runtime.InteropServices;

namespace MtlsScenario.Files;

/// <summary>The users and groups of a Unix machine, and which of them this process may act for.</summary>
internal static partial class UnixAccounts
{
    private const int MostGroups = 65_536;

    /// <summary>The functions that look names up are not for several threads at once.</summary>
    private static readonly Lock _names = new();

    /// <summary>Whom this process acts for.</summary>
    public static uint CurrentUser => GetEffectiveUser();

    /// <summary>The group of what this process makes.</summary>
    public static uint CurrentGroup => GetEffectiveGroup();

    /// <summary>Whether this process may give away what it makes.</summary>
    public static bool IsRoot => CurrentUser == 0;

    /// <summary>Whether this process may give a file of its own to that group.</summary>
    public static bool MayGive(uint group) => IsRoot || group == CurrentGroup || OwnGroups().Contains(group);

    /// <summary>The number of a group; null where the machine has none of that name.</summary>
    public static uint? GroupNumber(string name)
    {
        lock (_names)
        {
            return Read(GetGroup(name))?.Number;
        }
    }

    /// <summary>The name of a user, or its number where it has none.</summary>
    public static string UserName(uint user)
    {
        lock (_names)
        {
            return Read(GetUser(user)) is { Name: var name }
                ? Marshal.PtrToStringUTF8(name)!
                : string.Create(CultureInfo.InvariantCulture, $"user {user}");
        }
    }

    /// <summary>The name of a group, or its number where it has none.</summary>
    public static string GroupName(uint group)
    {
        lock (_names)
        {
            return Read(GetGroup(group)) is { Name: var name }
                ? Marshal.PtrToStringUTF8(name)!
                : string.Create(CultureInfo.InvariantCulture, $"group {group}");
        }
    }

    private static Account? Read(nint entry) => entry == 0 ? null : Marshal.PtrToStructure<Account>(entry);

    private static uint[] OwnGroups()
    {
        uint[] groups = new uint[MostGroups];
        int count = GetGroups(groups.Length, groups);
        return count < 0 ? [] : groups[..count];
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();

    [LibraryImport("libc", EntryPoint = "getgroups")]
    private static partial int GetGroups(int size, [Out] uint[] groups);

    [LibraryImport("libc", EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetGroup(string name);

    [LibraryImport("libc", EntryPoint = "getgrgid")]
    private static partial nint GetGroup(uint number);

    [LibraryImport("libc", EntryPoint = "getpwuid")]
    private static partial nint GetUser(uint number);

    /// <summary>What the entries of users and of groups begin with: a name, a password, a number.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Account
    {
        public nint Name;
        public nint Password;
        public uint Number;
    }
}
