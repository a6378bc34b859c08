using System.Collections.Concurrent;
using MtlsScenario.Diagnostics;
using MtlsScenario.Planning;

namespace MtlsScenario.Files;

/// <summary>
/// The one type that writes into a folder of certificates. Each file is written beside its place with its final mode and
/// then renamed, so that whoever looks sees the old file or the new one. Safe for use by several threads.
/// </summary>
internal sealed class FolderWriter : IFileSink
{
    private readonly string _root;
    private readonly List<string> _created = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Lock _foldersLock = new();
    private readonly ConcurrentDictionary<string, uint> _groups = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Key, string Kept)> _putAside = new();
    private readonly NewFolders _newFolders;
    private int _temporaries;

    /// <summary>The folders that received the name of a new one, which is not on disk yet.</summary>
    private HashSet<string> _parents = new(StringComparer.Ordinal);

    /// <summary>Makes a writer for a folder, which is created where it is missing.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="plan">Says who must get through new folders; null where it is their owner alone.</param>
    /// <exception cref="FolderException">Something else has its name.</exception>
    public FolderWriter(string root, Plan? plan = null)
    {
        _root = Path.GetFullPath(root);
        _newFolders = new NewFolders(plan);
        new FolderReader(root).RequireFolder();
        var missing = new Stack<string>();
        for (string? folder = _root; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Push(folder);
        }

        foreach (string folder in missing)
        {
            CreateFolder(folder, _newFolders.Root);
            _created.Add(folder);
        }
    }

    /// <summary>The keys that were replaced: where each was, and where it is kept now, relative to the folder.</summary>
    public IEnumerable<(string Key, string Kept)> PutAside => _putAside;

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
    public void WriteKey(string path, ReadOnlySpan<byte> content, KeyPlacement placement) =>
        Place(PrepareKey(path, content, placement));

    /// <summary>Puts a file that everybody may read into its place, without waiting for the disk.</summary>
    /// <inheritdoc/>
    public void WritePublic(string path, byte[] content) => Place(PreparePublic(path, content));

    /// <inheritdoc/>
    public byte[]? Waiting(string path) => null;

    /// <summary>Writes a private key beside its place, closed to others from the moment the file exists.</summary>
    /// <inheritdoc cref="IFileSink.WriteKey"/>
    public NewFile PrepareKey(string path, ReadOnlySpan<byte> content, KeyPlacement placement) => new NewKey(
        Paths(path),
        content,
        AccessOf(path, placement),
        (path, placement),
        kept => _putAside.Enqueue((path, Path.GetRelativePath(_root, kept).Replace(Path.DirectorySeparatorChar, '/'))));

    /// <summary>Writes a file that everybody may read beside its place.</summary>
    /// <inheritdoc cref="IFileSink.WritePublic"/>
    public NewFile PreparePublic(string path, byte[] content)
    {
        (string temporary, string target) = Paths(path);
        return new NewFile(temporary, target, content, NewFileAccess.Readable);
    }

    /// <summary>Takes away all access to a key but what its owner, and its group for reading, may have.</summary>
    public void Tighten(string keyPath)
    {
        if (!OperatingSystem.IsWindows())
        {
            string path = FullPath(keyPath);
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & UnixFileStatus.WidestKey);
        }
    }

    /// <summary>
    /// Deletes what a run that was killed left half written, in the folder and in those that the plan has in it: what is in
    /// others is not ours, whatever it is called.
    /// </summary>
    public void DeleteLeftovers(Plan plan)
    {
        if (UnixFileSystem.Status(_root) is { IsEverybodys: true })
        {
            // It is refused, and whoever put something there may be waiting for it to be followed.
            return;
        }

        string staging = Path.Combine(_root, FileNames.StagingFolder);
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        DeleteTemporaries(_root);
        var folders = new PlannedFolders(plan);
        foreach (string name in new FolderReader(_root).Names().Where(name => name.EndsWith('/') && folders.Has(name)))
        {
            string folder = FullPath(name.TrimEnd('/'));
            if (new DirectoryInfo(folder).LinkTarget is null && Temporaries(folder).Any() && FolderLock.TryTake(folder) is { } taken)
            {
                // Nobody is at work there, as if it were a folder of certificates of its own.
                using (taken)
                {
                    DeleteTemporaries(folder);
                }
            }
        }
    }

    /// <summary>Waits until the names of the folders that are new are on disk.</summary>
    public void FlushNewFolders()
    {
        HashSet<string> parents;
        lock (_foldersLock)
        {
            (parents, _parents) = (_parents, new HashSet<string>(StringComparer.Ordinal));
        }

        foreach (string parent in parents)
        {
            FlushFolder(parent);
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

    private static IEnumerable<string> Temporaries(string folder) =>
        Directory.EnumerateFiles(folder, ".*").Where(file => FileNames.IsTemporary(Path.GetFileName(file)));

    private static void DeleteTemporaries(string folder)
    {
        foreach (string file in Temporaries(folder))
        {
            File.Delete(file);
        }
    }

    private void CreateFolder(string path, NewFileAccess access)
    {
        _parents.Add(Path.GetDirectoryName(path)!);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The umask may have taken away what the owner needs.
        Directory.CreateDirectory(path, NewFolders.Private);
        if (access.Group is { } group)
        {
            UnixFileSystem.GiveFolder(path, group);
        }

        File.SetUnixFileMode(path, access.Mode);
    }

    private string FullPath(string path) => Path.Combine(_root, path);

    private (string Temporary, string Target) Paths(string path)
    {
        string target = FullPath(path);
        string folder = Path.GetDirectoryName(target)!;
        EnsureFolder(folder);
        string name = FileNames.Temporary(Environment.ProcessId, Interlocked.Increment(ref _temporaries));
        return (Path.Combine(folder, name), target);
    }

    /// <summary>A key in the place of another is as that was: what reads it is not told that there is a new one.</summary>
    private NewFileAccess AccessOf(string path, KeyPlacement placement) =>
        placement.ReplacesKey && UnixFileSystem.Status(FullPath(path)) is { } old
            ? NewFileAccess.After(old)
            : new NewFileAccess(
                placement.Access.Mode, Group: placement.Access.Group is { } name ? _groups.GetOrAdd(name, NewFolders.GroupNumber) : null);

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
                CreateFolder(folder, _newFolders.OfParty(Path.GetFileName(folder)));
            }
        }
    }
}
