namespace MtlsScenario.Files;

/// <summary>Takes the files of a folder. Paths are relative to it, with <c>/</c>.</summary>
internal interface IFileSink
{
    /// <summary>Takes a private key: closed to others from the moment the file exists.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What; the caller clears it.</param>
    /// <param name="placement">How it takes its place.</param>
    /// <exception cref="FolderException">Another key was put there meanwhile; it is still there.</exception>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    void WriteKey(string path, ReadOnlySpan<byte> content, KeyPlacement placement);

    /// <summary>Takes a file that everybody may read: 0644, whatever the umask.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    void WritePublic(string path, byte[] content);

    /// <summary>What a public file will hold that was taken and is not in its place yet; null for any other.</summary>
    byte[]? Waiting(string path);
}
