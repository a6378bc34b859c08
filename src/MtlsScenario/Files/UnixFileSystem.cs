using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MtlsScenario.Files;

/// <summary>
/// What a Unix file system offers and .NET does not: a folder can be locked and flushed. And what it does for less, where
/// there are thousands of files.
/// </summary>
internal static partial class UnixFileSystem
{
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int Unlocked = 8;
    private const int OpenReadOnly = 0;
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int AccessDenied = 13;
    private const int NotAFolder = 20;

    /// <summary>EWOULDBLOCK.</summary>
    private static readonly int _wouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>AT_FDCWD.</summary>
    private const int CurrentFolder = -100;

    /// <summary>STATX_MODE, STATX_UID and STATX_GID.</summary>
    private const uint WhoseAndMode = 0x1A;

    /// <summary>SYNC_FILE_RANGE_WRITE.</summary>
    private const uint BeginWriting = 2;

    /// <summary>O_CLOEXEC, so that no program that is started holds the lock on.</summary>
    private static readonly int _closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>O_NONBLOCK, so that nobody waits for a writer where a pipe has the name of a key.</summary>
    private static readonly int _nonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    /// <summary>Opens a file for reading. What is there may be no file at all; to open it never waits.</summary>
    /// <returns>Null where nothing is there, or a link to nothing.</returns>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle? TryOpenFile(string path)
    {
        int descriptor = Open(path, OpenReadOnly | _closeOnExec | _nonBlocking);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return Marshal.GetLastPInvokeError() switch
        {
            NoSuchFile or NotAFolder => null,
            NotPermitted or AccessDenied => throw new UnauthorizedAccessException(),
            var error => throw new IOException(Marshal.GetPInvokeErrorMessage(error)),
        };
    }

    /// <summary>Gives a file another name, and takes that name from whatever file has it.</summary>
    /// <exception cref="IOException">It cannot be done; both are as they were.</exception>
    public static void Replace(string path, string target)
    {
        if (Rename(path, target) != 0)
        {
            throw Failure($"cannot write {target}");
        }
    }

    /// <summary>
    /// Opens a folder and locks it. The lock ends with the handle or with the process, however that ends; nothing is left
    /// on disk.
    /// </summary>
    /// <returns>The handle that holds the lock, or null where another process holds it.</returns>
    /// <exception cref="IOException">The folder cannot be opened, or not be locked by anybody.</exception>
    public static SafeFileHandle? TryLockFolder(string path)
    {
        SafeFileHandle handle = OpenFolder(path);
        if (FLock(handle, LockExclusive | LockNonBlocking) == 0)
        {
            return handle;
        }

        IOException? failure = Marshal.GetLastPInvokeError() == _wouldBlock ? null : Failure($"cannot lock the folder {path}");
        handle.Dispose();
        return failure is null ? null : throw failure;
    }

    /// <summary>
    /// Ends the lock. To close the folder is not enough: a process that was just started has a copy of the handle until its
    /// program takes over.
    /// </summary>
    public static void Unlock(SafeFileHandle handle)
    {
        _ = FLock(handle, Unlocked);
        handle.Dispose();
    }

    /// <summary>Whose a file or folder is; a link's is that of what it leads to. Null where nothing is there, or that cannot be known.</summary>
    public static unsafe UnixFileStatus? Status(string path)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return ModeAlone(path);
            }

            uint* status = stackalloc uint[64];
            return StatusAt(CurrentFolder, path, 0, WhoseAndMode, status) == 0
                ? new UnixFileStatus(status[5], status[6], (UnixFileMode)(((ushort*)status)[14] & 0xFFF))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return ModeAlone(path);
        }
    }

    /// <summary>Gives a file to another user or group.</summary>
    /// <param name="file">The file.</param>
    /// <param name="user">The number of the user; null to leave it.</param>
    /// <param name="group">The number of the group; null to leave it.</param>
    /// <exception cref="IOException">This process may not.</exception>
    public static void Give(SafeFileHandle file, uint? user, uint? group)
    {
        if ((user ?? group) is not null && ChangeOwner(file, user ?? uint.MaxValue, group ?? uint.MaxValue) != 0)
        {
            throw Failure("cannot give a key to its owner and group");
        }
    }

    /// <summary>Asks Linux to bring a file's content to disk, and does not wait. It is a hint; where it is not taken, nothing is lost.</summary>
    public static void BeginFlush(SafeFileHandle file) => SyncFileRange(file, 0, 0, BeginWriting);

    /// <summary>Waits until the entries of a folder are on disk. Whoever may not read it cannot ask for that, and does not wait.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void FlushFolder(string path)
    {
        int descriptor = Open(path, OpenReadOnly | _closeOnExec);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() is AccessDenied)
        {
            return;
        }

        using SafeFileHandle handle = descriptor < 0
            ? throw Failure($"cannot open the folder {path}")
            : new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSync(handle) != 0)
        {
            throw Failure($"cannot flush {path}");
        }
    }

    /// <summary>Waits until all files of the file system that holds <paramref name="path"/> are on disk.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void FlushFileSystem(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            Sync();
            return;
        }

        using SafeFileHandle handle = OpenFolder(path);
        if (SyncFileSystem(handle) != 0)
        {
            throw Failure($"cannot flush the file system of {path}");
        }
    }

    /// <summary>Where it cannot be asked whose a file is, it is taken for one of this process's own.</summary>
    private static UnixFileStatus? ModeAlone(string path) => !OperatingSystem.IsWindows() && Path.Exists(path)
        ? new UnixFileStatus(UnixAccounts.CurrentUser, UnixAccounts.CurrentGroup, File.GetUnixFileMode(path))
        : null;

    /// <summary>Gives a folder to another group.</summary>
    /// <exception cref="IOException">This process may not.</exception>
    public static void GiveFolder(string path, uint group)
    {
        using SafeFileHandle handle = OpenFolder(path);
        Give(handle, null, group);
    }

    private static SafeFileHandle OpenFolder(string path)
    {
        int descriptor = Open(path, OpenReadOnly | _closeOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw Failure($"cannot open the folder {path}");
    }

    private static IOException Failure(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string path, string target);

    /// <summary>Its structure is the same on every processor, as stat's is not: 256 bytes, of which the owner is the sixth word.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatusAt(int folder, string path, int flags, uint mask, uint* status);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle handle, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void Sync();
}
