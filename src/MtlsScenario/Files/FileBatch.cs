namespace MtlsScenario.Files;

/// <summary>
/// Files that come into their places together, in the order in which they were added, after the content of all of them is on
/// disk: a power failure leaves each old or new. Disposing of it removes what is not in its place yet.
/// </summary>
/// <param name="writer">Writes the folder.</param>
internal sealed class FileBatch(FolderWriter writer) : IFileSink, IDisposable
{
    /// <summary>Each holds a file open.</summary>
    private const int Most = 64;

    private readonly List<NewFile> _files = [];
    private readonly Dictionary<string, byte[]> _public = new(StringComparer.Ordinal);

    /// <summary>Whether it is to be completed before more is added.</summary>
    public bool IsFull => _files.Count >= Most;

    /// <inheritdoc/>
    public void WriteKey(string path, ReadOnlySpan<byte> content) => Add(writer.PrepareKey(path, content));

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
        foreach (NewFile file in Enumerable.Reverse(_files))
        {
            file.Flush();
        }

        foreach (NewFile file in _files)
        {
            file.Place();
        }

        foreach (string folder in _files.Select(file => file.Folder).Distinct(StringComparer.Ordinal))
        {
            FolderWriter.FlushFolder(folder);
        }

        _files.Clear();
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
        // The last one is flushed first, and needs no beginning.
        if (_files.Count > 0)
        {
            _files[^1].BeginFlush();
        }

        _files.Add(file);
    }
}
