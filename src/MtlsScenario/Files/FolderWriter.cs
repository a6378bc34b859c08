using MtlsScenario.Diagnostics;

namespace MtlsScenario.Files;

/// <summary>
/// The one type that writes into a folder of certificates. Each file is written beside its place with its final mode and
/// then renamed, so that whoever looks sees the old file or the new one. Safe for use by several threads.
/// </summary>
internal sealed class FolderWriter : IFileSink
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Private = OwnerOnly | UnixFileMode.UserExecute;

    private readonly string _root;
    private readonly List<string> _created = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Lock _foldersLock = new();
    private int _temporaries;

    /// <summary>Makes a writer for a folder, which is created where it is missing.</summary>
    /// <exception cref="FolderException">Something else has its name.</exception>
    public FolderWriter(string root)
    {
        _root = Path.GetFullPath(root);
        new FolderReader(root).RequireFolder();
        var missing = new Stack<string>();
        for (string? folder = _root; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Push(folder);
        }

        foreach (string folder in missing)
        {
            CreateFolder(folder);
            _created.Add(folder);
        }
    }

    /// <summary>Takes away the folder, and those above it, that were made for nothing, because there is something in the way.</summary>
    public void Withdraw()
    {
        foreach (string folder in Enumerable.Reverse(_created))
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Puts a private key into its place, without waiting for the disk.</summary>
    /// <inheritdoc/>
    public void WriteKey(string path, ReadOnlySpan<byte> content) => Place(PrepareKey(path, content));

    /// <summary>Puts a file that everybody may read into its place, without waiting for the disk.</summary>
    /// <inheritdoc/>
    public void WritePublic(string path, byte[] content) => Place(PreparePublic(path, content));

    /// <inheritdoc/>
    public byte[]? Waiting(string path) => null;

    /// <summary>Writes a private key beside its place, 0600 from the moment the file exists.</summary>
    /// <inheritdoc cref="IFileSink.WriteKey"/>
    public NewFile PrepareKey(string path, ReadOnlySpan<byte> content) => Prepare(path, content, OwnerOnly);

    /// <summary>Writes a file that everybody may read beside its place.</summary>
    /// <inheritdoc cref="IFileSink.WritePublic"/>
    public NewFile PreparePublic(string path, byte[] content) => Prepare(path, content, Readable);

    /// <summary>
    /// Keeps a copy of a key that is about to be replaced, on disk before this returns. A copy, not a move: at no moment is
    /// the key's own place empty.
    /// </summary>
    /// <returns>The path of the copy, relative to the folder; null where there is a link to nothing, and so no key.</returns>
    /// <exception cref="FolderException">The key cannot be read, and so it cannot be kept.</exception>
    public string? PutAside(string keyPath, DateTimeOffset now)
    {
        string folder = Path.GetDirectoryName(keyPath) ?? "";
        string name = FileNames.PutAside(Path.GetFileName(keyPath), now);
        FileContent key = new FolderReader(_root).Read(keyPath);
        if (key.Bytes is not { } content)
        {
            return key.IsMissing || key.IsDeadLink
                ? null
                : throw new FolderException($"{keyPath} cannot be put aside: {key.Fault}", "move it away, then run this again");
        }

        try
        {
            for (int copy = 1; ; copy++)
            {
                string aside = Path.Combine(folder, copy == 1 ? name : $"{name}-{copy}");
                if (!File.Exists(FullPath(aside)))
                {
                    using var batch = new FileBatch(this);
                    batch.WriteKey(aside, content);
                    batch.Complete();
                    return aside;
                }
            }
        }
        finally
        {
            Array.Clear(content);
        }
    }

    /// <summary>Takes away everybody's access to a key but the owner's.</summary>
    public void Tighten(string keyPath)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(FullPath(keyPath), OwnerOnly);
        }
    }

    /// <summary>Deletes what a run that was killed left half written, here and in the parties' folders.</summary>
    public void DeleteLeftovers()
    {
        string staging = Path.Combine(_root, FileNames.StagingFolder);
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        IEnumerable<string> folders = new DirectoryInfo(_root)
            .EnumerateDirectories()
            .Where(folder => folder.LinkTarget is null)
            .Select(folder => folder.FullName);
        foreach (string folder in folders.Prepend(_root))
        {
            foreach (string file in Directory.EnumerateFiles(folder, ".*"))
            {
                if (FileNames.IsTemporary(Path.GetFileName(file)))
                {
                    File.Delete(file);
                }
            }
        }
    }

    /// <summary>Waits until the names in a folder are on disk.</summary>
    /// <param name="folder">An absolute path.</param>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixFileSystem.FlushFolder(folder);
        }
    }

    /// <summary>Waits until all that was written is on disk.</summary>
    public void FlushAll()
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixFileSystem.FlushFileSystem(_root);
        }
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The umask may have taken away what the owner needs.
        Directory.CreateDirectory(path, Private);
        File.SetUnixFileMode(path, Private);
    }

    private string FullPath(string path) => Path.Combine(_root, path);

    private NewFile Prepare(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string target = FullPath(path);
        string folder = Path.GetDirectoryName(target)!;
        EnsureFolder(folder);
        string name = FileNames.Temporary(Environment.ProcessId, Interlocked.Increment(ref _temporaries));
        return NewFile.Write(Path.Combine(folder, name), target, content, mode);
    }

    private static void Place(NewFile file)
    {
        using (file)
        {
            file.Place();
        }
    }

    /// <summary>Creates the folder of a party where it is missing, and refuses one that leads elsewhere.</summary>
    private void EnsureFolder(string folder)
    {
        if (string.Equals(folder, _root, StringComparison.Ordinal))
        {
            return;
        }

        lock (_foldersLock)
        {
            if (!_folders.Add(folder))
            {
                return;
            }

            var directory = new DirectoryInfo(folder);
            if (directory.LinkTarget is not null)
            {
                throw new FolderException(
                    $"{VisibleText.Of(folder)} is a symbolic link; nothing is written through it",
                    "put a folder in its place");
            }

            if (!directory.Exists)
            {
                CreateFolder(folder);
            }
        }
    }
}
