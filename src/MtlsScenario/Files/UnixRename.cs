using System.Runtime.InteropServices;

namespace MtlsScenario.Files;

/// <summary>
/// Gives files other names, and never takes a name from a file that nobody has seen: what <c>rename</c> does, and what
/// must not happen to a key.
/// </summary>
internal static partial class UnixRename
{
    private const int CurrentFolder = -100;
    private const uint NoReplace = 1;
    private const uint Exchange = 2;

    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int FileExists = 17;
    private const int InvalidArgument = 22;
    private const int TooManyLinks = 31;
    private const int NoSuchCall = 38;

    /// <summary>ENOTSUP and EOPNOTSUPP, which are one on Linux, and macOS's two.</summary>
    private static readonly int[] _notSupported = [95, 45, 102];

    /// <summary>Gives a file a name that is free.</summary>
    /// <returns>False where something has that name; both are as they were.</returns>
    /// <exception cref="IOException">It cannot be done; both are as they were.</exception>
    public static bool TryRename(string path, string target)
    {
        switch (Rename(path, target, NoReplace))
        {
            case 0:
                return true;
            case FileExists:
                return false;
            case InvalidArgument or NoSuchCall:
                // A file system or a kernel that does not know this can still refuse a second link of that name.
                break;
            default:
                throw Failure(target);
        }

        if (TryLink(path, target) is { } isLinked)
        {
            if (isLinked)
            {
                File.Delete(path);
            }

            return isLinked;
        }

        // One that has no links either: the name is taken by an empty file first, which is nobody's key.
        try
        {
            File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (Path.Exists(target))
        {
            return false;
        }

        UnixFileSystem.Replace(path, target);
        return true;
    }

    /// <summary>Lets two files change names, so that each name has a file at every moment.</summary>
    /// <returns>False where this file system or kernel cannot do that; both are as they were.</returns>
    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    /// <exception cref="IOException">It cannot be done; both are as they were.</exception>
    public static bool TryExchange(string path, string target) => Rename(path, target, Exchange) switch
    {
        0 => true,
        InvalidArgument or NoSuchCall => false,
        NoSuchFile => throw new FileNotFoundException(null, target),
        _ => throw Failure(target),
    };

    /// <summary>Gives a file a second name, where nothing has that.</summary>
    /// <returns>False where something has that name; null where a file can have no second name here.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static bool? TryLink(string path, string target)
    {
        if (Link(path, target) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            FileExists => false,
            NoSuchFile => throw new FileNotFoundException(null, path),
            NotPermitted or TooManyLinks or NoSuchCall => null,
            var error when _notSupported.Contains(error) => null,
            _ => throw Failure(target),
        };
    }

    /// <summary>Zero, or the number of the error.</summary>
    private static int Rename(string path, string target, uint flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return NoSuchCall;
        }

        try
        {
            return RenameAt(CurrentFolder, path, CurrentFolder, target, flags) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            // C libraries had it years after the kernel.
            return NoSuchCall;
        }
    }

    private static IOException Failure(string target) =>
        new($"cannot write {target}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int folder, string path, int targetFolder, string target, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string target);
}
