using Microsoft.Win32.SafeHandles;
using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>Keeps a second process from working on a folder at the same time. It ends with the process at the latest.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private FolderLock(SafeFileHandle handle)
    {
        _handle = handle;
    }

    /// <summary>Locks a folder that is there.</summary>
    /// <exception cref="FolderException">Another process works on it.</exception>
    /// <exception cref="IOException">Nobody can lock it.</exception>
    public static FolderLock Take(string folder) => TryTake(folder) ?? throw new FolderException(
        $"another mtls-scenario is at work on {folder}", "wait until it is done, then run this again");

    /// <summary>Locks a folder that is there; null where another process works on it.</summary>
    /// <exception cref="IOException">Nobody can lock it.</exception>
    public static FolderLock? TryTake(string folder)
    {
        SafeFileHandle? handle = OperatingSystem.IsWindows() ? TryLockFile(folder) : UnixFileSystem.TryLockFolder(folder);
        return handle is null ? null : new FolderLock(handle);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows() || _handle.IsClosed)
        {
            _handle.Dispose();
        }
        else
        {
            UnixFileSystem.Unlock(_handle);
        }
    }

    /// <summary>Windows locks no folders; there a file that vanishes with its handle does it.</summary>
    private static SafeFileHandle? TryLockFile(string folder)
    {
        try
        {
            return File.OpenHandle(
                Path.Combine(folder, FileNames.LockFile),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, FileNames.LockFile)))
        {
            return null;
        }
    }
}
