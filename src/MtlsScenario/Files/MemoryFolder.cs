using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MtlsScenario.Files;

/// <summary>Files that are on no disk. It owns them, and wipes them when disposed of. Safe for use by several threads.</summary>
internal sealed class MemoryFolder : IFileSink, IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void WriteKey(string path, ReadOnlySpan<byte> content, KeyPlacement placement) => _files[path] = content.ToArray();

    /// <inheritdoc/>
    public void WritePublic(string path, byte[] content) => _files[path] = [.. content];

    /// <inheritdoc/>
    public byte[]? Waiting(string path) => null;

    /// <summary>Whether that file is there.</summary>
    public bool Has(string path) => _files.ContainsKey(path);

    /// <summary>What a file holds, for the caller to clear; null where there is none.</summary>
    public byte[]? Find(string path) => _files.TryGetValue(path, out byte[]? content) ? [.. content] : null;

    /// <summary>The files and folders in a folder, by name; a folder's ends in <c>/</c>.</summary>
    /// <param name="folder">Without <c>/</c> at its end; empty for the whole.</param>
    public IEnumerable<string> Names(string folder)
    {
        string start = folder.Length == 0 ? "" : folder.TrimEnd('/') + "/";
        return _files.Keys.Where(path => path.StartsWith(start, StringComparison.Ordinal))
            .Select(path => path[start.Length..])
            .Select(rest => rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? rest[..(slash + 1)] : rest)
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>The same files once more, to be changed.</summary>
    public MemoryFolder Copy()
    {
        var copy = new MemoryFolder();
        foreach ((string path, byte[] content) in _files)
        {
            copy._files[path] = [.. content];
        }

        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (byte[] content in _files.Values)
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
