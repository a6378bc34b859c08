using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;
using MtlsScenario.Diagnostics;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Files;

/// <summary>Reads a folder of certificates. It changes nothing, and needs no folder to be there.</summary>
/// <param name="root">The folder; null for none, where all is in memory.</param>
/// <param name="memory">Files that stand before those of the folder, or null.</param>
internal sealed class FolderReader(string? root, MemoryFolder? memory = null)
{
    /// <summary>More than any key or certificate has; what is larger is something else.</summary>
    private const int LargestFile = 4 << 20;

    /// <summary>Lists of a million revoked certificates.</summary>
    private const int LargestCrl = 128 << 20;

    /// <summary>What the platform gives for the attributes of a file that does not exist.</summary>
    private const FileAttributes NothingThere = (FileAttributes)(-1);

    /// <summary>By default the platform leaves out hidden files, and what it may not look at.</summary>
    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string _root = root is null ? "" : Path.GetFullPath(root);

    /// <summary>Whether nothing is on disk.</summary>
    private bool _isEmpty = root is null;

    /// <summary>Whether the folder is there.</summary>
    public bool Exists => memory is not null || Directory.Exists(_root);

    /// <summary>The certificate in a file; null where none is there that can be read.</summary>
    public ParsedCertificate? Certificate(string path) =>
        Read(path).Bytes is { } bytes && ParsedCertificate.TryRead(bytes, out ParsedCertificate? certificate) ? certificate : null;

    /// <summary>Makes sure that the folder is one, or that there is nothing in its place.</summary>
    /// <exception cref="FolderException">Something else is.</exception>
    public void RequireFolder()
    {
        // It may come into being between two looks: somebody else may be making it.
        if (root is null || Exists || new FileInfo(_root) is not { Attributes: not NothingThere } file || Exists)
        {
            return;
        }

        throw new FolderException(
            $"{VisibleText.Of(root)} is {(file.LinkTarget is null ? "a file" : "a symbolic link")}, not a folder",
            "name another folder, or put one in its place");
    }

    /// <summary>
    /// A reader of the folder as it is now, for one comparison. Where nothing is there yet it says so without looking: for a
    /// fleet, to look costs as much as to write.
    /// </summary>
    public FolderReader Glance() => new(root, memory) { _isEmpty = root is null || HoldsNothing() };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Relative to the folder, with <c>/</c>.</param>
    public FileContent Read(string path)
    {
        if (memory?.Find(path) is { } remembered)
        {
            return FileContent.Of(remembered);
        }

        if (_isEmpty)
        {
            return FileContent.Missing;
        }

        string full = Path.Combine(_root, path);
        try
        {
            using SafeFileHandle? handle = OperatingSystem.IsWindows() ? File.OpenHandle(full) : UnixFileSystem.TryOpenFile(full);
            if (handle is null)
            {
                return NothingAt(full);
            }

            long length = RandomAccess.GetLength(handle);
            if (length > (path.EndsWith(FileNames.Suffix(ArtifactKind.Crl), StringComparison.Ordinal) ? LargestCrl : LargestFile))
            {
                return FileContent.Unreadable("it is too large");
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
            int read = RandomAccess.Read(handle, bytes, 0);
            return FileContent.Of(read == length ? bytes : bytes[..read]);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return NothingAt(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return exception switch
            {
                _ when AttributesOf(full).HasFlag(FileAttributes.Directory) => FileContent.Unreadable("it is a folder"),
                NotSupportedException => FileContent.Unreadable("it is a pipe or a device, not a file"),
                UnauthorizedAccessException => FileContent.Denied,
                _ => FileContent.Unreadable($"it cannot be read ({exception.Message})"),
            };
        }
    }

    /// <summary>A link to nowhere is something in that place, and not a place that is free.</summary>
    private static FileContent NothingAt(string path) =>
        AttributesOf(path) is not NothingThere and var there && there.HasFlag(FileAttributes.ReparsePoint)
            ? FileContent.DeadLink
            : FileContent.Missing;

    /// <summary>The attributes of what is there, <see cref="NothingThere"/>, or none where that may not be known.</summary>
    private static FileAttributes AttributesOf(string path)
    {
        try
        {
            return new FileInfo(path).Attributes;
        }
        catch (UnauthorizedAccessException)
        {
            return FileAttributes.None;
        }
    }

    /// <summary>Whose what is there is, or what a link there leads to; null where nothing is, or that cannot be known.</summary>
    /// <param name="path">Relative to the folder, which is meant where it is empty.</param>
    public UnixFileStatus? Status(string path) =>
        (path.Length > 0 && _isEmpty) || root is null || memory?.Has(path) == true ? null : UnixFileSystem.Status(Path.Combine(_root, path));

    /// <summary>When a file was written last, UTC; null where it is missing.</summary>
    /// <param name="path">Relative to the folder, with <c>/</c>.</param>
    public DateTimeOffset? Written(string path) =>
        root is not null && memory?.Has(path) != true && new FileInfo(Path.Combine(_root, path)) is { Exists: true } file ? new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) : null;

    /// <summary>Why no file can be put in that place, or null where one can.</summary>
    /// <param name="path">Relative to the folder, with <c>/</c>.</param>
    public string? Obstacle(string path)
    {
        if (_isEmpty || memory?.Has(path) == true)
        {
            return null;
        }

        int slash = path.LastIndexOf('/');
        FileAttributes folder = slash < 0 ? FileAttributes.Directory : AttributesOf(Path.Combine(_root, path[..slash]));
        if (folder == NothingThere)
        {
            return null;
        }

        // Whoever follows a link may end up anywhere.
        if (folder.HasFlag(FileAttributes.ReparsePoint))
        {
            return $"{path[..slash]} is a symbolic link, and nothing is written through one";
        }

        if (!folder.HasFlag(FileAttributes.Directory))
        {
            return $"{path[..slash]} is a file, and a folder is to have its name";
        }

        FileAttributes file = AttributesOf(Path.Combine(_root, path));
        return file switch
        {
            NothingThere => null,

            // What it leads to would go stale, and whoever made the link would not hear of it.
            _ when file.HasFlag(FileAttributes.ReparsePoint) => $"{path} is a symbolic link, and a file is to have its name",
            _ when file.HasFlag(FileAttributes.Directory) => $"{path} is a folder, and a file is to have its name",
            _ => null,
        };
    }

    /// <summary>Whether a path is a symbolic link.</summary>
    public bool IsLink(string path) =>
        root is not null && memory?.Has(path) != true && new FileInfo(Path.Combine(_root, path.TrimEnd('/'))).LinkTarget is not null;

    /// <summary>Why the names in a folder cannot be read, or null.</summary>
    public string? FolderFault(string folder)
    {
        try
        {
            _ = Names(folder).Any();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "permission denied";
        }
    }

    /// <summary>The files and folders in a folder, by name, in no order; none where it is missing.</summary>
    /// <returns>Names without a path; a folder's ends in <c>/</c>.</returns>
    public IEnumerable<string> Names(string folder = "")
    {
        IEnumerable<string> onDisk = NamesOnDisk(folder) is { } there ? there : [];
        return memory is null ? onDisk : memory.Names(folder).Union(onDisk, StringComparer.Ordinal);
    }

    private FileSystemEnumerable<string>? NamesOnDisk(string folder)
    {
        string full = Path.Combine(_root, folder);
        return root is not null && Directory.Exists(full)
            ? new FileSystemEnumerable<string>(
                full, static (ref entry) => entry.IsDirectory ? $"{entry.FileName}/" : entry.FileName.ToString(), _everything)
            : null;
    }

    private bool HoldsNothing()
    {
        try
        {
            return NamesOnDisk("")?.Any() != true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
