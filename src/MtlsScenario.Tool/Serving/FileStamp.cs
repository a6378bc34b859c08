namespace MtlsScenario.Tool.Serving;

/// <summary>The time and the length of a file, from which it is seen that it changed.</summary>
/// <param name="Written">When it was written last, UTC.</param>
/// <param name="Length">Its length in bytes; -1 where there is none.</param>
internal readonly record struct FileStamp(DateTime Written, long Length)
{
    /// <summary>The file's stamp now; of a link, that of the file to which it leads.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        return file.Exists ? new FileStamp(file.LastWriteTimeUtc, file.Length) : new FileStamp(default, -1);
    }
}
