namespace MtlsScenario.Files;

/// <summary>
/// Files that come into their places together, in the order in which they were added. Until the keys are on disk, nothing
/// takes its place: a power failure leaves each key old or new. What is public is on its way to the disk by then, and follows
/// with the names; where a file system does not keep that order, a failure can leave such a file empty, and the next run makes
/// it again. Disposing of it removes what is not in its place yet.
/// </summary>
/// <param name="writer">Writes the folder.</param>
internal sealed class FileBatch(FolderWriter writer) : IFileSink, IDisposable
{
    /// <summary>Each holds a file open.</summary>
    private const int Most = 64;

    private readonly List<NewFile> _files = [];
    private readonly List<NewFile> _keys = [];
    private readonly Dictionary<string, byte[]> _public = new(StringComparer.Ordinal);

    /// <summary>Whether it is to be completed before more is added.</summary>
    public bool IsFull => _files.Count >= Most;

    /// <inheritdoc/>
    public void WriteKey(string path, ReadOnlySpan<byte> content, KeyPlacement placement)
    {
        NewFile key = writer.PrepareKey(path, content, placement);
        _keys.Add(key);
        Add(key);
    }

    /// <inheritdoc/>
    public void WritePublic(string path, byte[] content)
    {
        Add(writer.PreparePublic(path, content));
        _public[path] = content;
    }

    /// <inheritdoc/>
    public byte[]? Waiting(string path) => _public.GetValueOrDefault(path);

    /// <summary>Brings all to disk and into their places, names and all.</summary>
    /// <exception cref="IOException">It cannot be written; what was not replaced yet is still there.</exception>
    public void Complete()
    {
        foreach (NewFile key in _keys)
        {
            key.Flush();
        }

        foreach (NewFile file in _files)
        {
            file.Place();
        }

        foreach (string folder in _files.Select(file => file.Folder).Distinct(StringComparer.Ordinal))
        {
            FolderWriter.FlushFolder(folder);
        }

        writer.FlushNewFolders();
        _files.Clear();
        _keys.Clear();
        _public.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NewFile file in _files)
        {
            file.Dispose();
        }
    }

    private void Add(NewFile file)
    {
        _files.Add(file);
        file.BeginFlush();
    }
}
