using Microsoft.Win32.SafeHandles;

namespace MtlsScenario.Files;

/// <summary>
/// A file that was written beside its place and has not taken it yet. Disposing of one that never did removes it.
/// </summary>
internal sealed class NewFile : IDisposable
{
    /// <summary>Only a stream can be opened with a mode. It has no buffer, and is asked for its handle once: each time it seeks.</summary>
    private readonly FileStream _stream;

    private readonly SafeFileHandle _handle;
    private readonly string _target;
    private bool _isPlaced;

    private NewFile(FileStream stream, string target) =>
        (_stream, _handle, _target) = (stream, stream.SafeFileHandle, target);

    /// <summary>The folder that it is in, an absolute path.</summary>
    public string Folder => Path.GetDirectoryName(_target)!;

    /// <summary>Writes one. It has its mode, whatever the umask, before it has any content.</summary>
    /// <param name="temporary">The path that it has at first; nothing is there.</param>
    /// <param name="target">The path that it is to take.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="mode">Its mode.</param>
    /// <exception cref="IOException">It cannot be written; nothing is left of it.</exception>
    public static NewFile Write(string temporary, string target, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        var file = new NewFile(new FileStream(temporary, options), target);
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file._handle) != mode)
            {
                File.SetUnixFileMode(file._handle, mode);
            }

            RandomAccess.Write(file._handle, content, fileOffset: 0);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

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
        if (OperatingSystem.IsWindows())
        {
            File.Move(_stream.Name, _target, overwrite: true);
        }
        else
        {
            UnixFileSystem.Replace(_stream.Name, _target);
        }

        _isPlaced = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_isPlaced)
        {
            File.Delete(_stream.Name);
        }
    }
}
