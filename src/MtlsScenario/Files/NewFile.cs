using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;

namespace MtlsScenario.Files;

/// <summary>
/// A file that was written beside its place and has not taken it yet. Disposing of one that never did removes it.
/// </summary>
internal class NewFile : IDisposable
{
    /// <summary>Only a stream can be opened with a mode. It has no buffer, and is asked for its handle once: each time it seeks.</summary>
    private readonly FileStream _stream;

    private readonly SafeFileHandle _handle;

    /// <summary>Where it is; a stream that was made with an access list does not know.</summary>
    private readonly string _temporary;

    private readonly string _target;
    private bool _isPlaced;

    /// <summary>Writes one. It has its mode and its owner, whatever the umask, before it has any content.</summary>
    /// <param name="temporary">The path that it has at first; nothing is there.</param>
    /// <param name="target">The path that it is to take.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="access">Whose it is.</param>
    /// <exception cref="IOException">It cannot be written; nothing is left of it.</exception>
    public NewFile(string temporary, string target, ReadOnlySpan<byte> content, NewFileAccess access)
    {
        (_temporary, _target) = (temporary, target);
        _stream = Create(temporary, access.Mode);
        _handle = _stream.SafeFileHandle;
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // Nobody but the owner reads it before it is in the right hands.
                UnixFileSystem.Give(_handle, access.User, access.Group);
                if (File.GetUnixFileMode(_handle) != access.Mode)
                {
                    File.SetUnixFileMode(_handle, access.Mode);
                }
            }

            RandomAccess.Write(_handle, content, fileOffset: 0);
        }
        catch
        {
            Delete();
            throw;
        }
    }

    /// <summary>The folder that it is in, an absolute path.</summary>
    public string Folder => Path.GetDirectoryName(_target)!;

    /// <summary>
    /// Asks for its content to be brought to disk, without waiting: several are then flushed at the price of one. Where that
    /// cannot be asked for, it waits.
    /// </summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void BeginFlush()
    {
        if (OperatingSystem.IsLinux())
        {
            UnixFileSystem.BeginFlush(_handle);
        }
        else
        {
            Flush();
        }
    }

    /// <summary>Waits until its content is on disk.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush() => RandomAccess.FlushToDisk(_handle);

    /// <summary>Takes its place: whoever looks there sees the old file or this one.</summary>
    /// <exception cref="IOException">It cannot; what was there is still there.</exception>
    public void Place()
    {
        _stream.Dispose();
        TakePlace(_temporary, _target);
        _isPlaced = true;
    }

    /// <summary>Leaves it where it was written.</summary>
    public void Keep()
    {
        _stream.Dispose();
        _isPlaced = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Delete();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the file its name, and takes that from whatever file has it.</summary>
    protected virtual void TakePlace(string temporary, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(temporary, target, overwrite: true);
        }
        else
        {
            UnixFileSystem.Replace(temporary, target);
        }
    }

    private static FileStream Create(string path, UnixFileMode mode)
    {
        bool isClosed = !mode.HasFlag(UnixFileMode.OtherRead);
        if (OperatingSystem.IsWindows() && isClosed)
        {
            return CreateForOwner(path);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isClosed ? mode & ~UnixFileMode.GroupRead : mode;
        }

        return new FileStream(path, options);
    }

    /// <summary>A file with an access list of its owner alone, which takes nothing from its folder's.</summary>
    [SupportedOSPlatform("windows")]
    private static FileStream CreateForOwner(string path)
    {
        using var identity = WindowsIdentity.GetCurrent();
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(identity.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(
            FileMode.CreateNew, FileSystemRights.Write | FileSystemRights.Read, FileShare.None, bufferSize: 1, FileOptions.None, security);
    }

    private void Delete()
    {
        _stream.Dispose();
        if (!_isPlaced)
        {
            File.Delete(_temporary);
        }
    }
}
