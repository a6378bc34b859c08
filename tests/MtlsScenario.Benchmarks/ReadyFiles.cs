using MtlsScenario.Files;

namespace MtlsScenario.Benchmarks;

/// <summary>What no issuer that leaves files can beat: their contents in memory, written on all cores and flushed as <c>apply</c> flushes a fleet's.</summary>
internal sealed class ReadyFiles
{
    private readonly (string Name, byte[] Content)[] _files;

    /// <summary>Takes the contents of the files of a folder.</summary>
    public ReadyFiles(string folder) => _files =
    [
        .. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
           select (Path.GetRelativePath(folder, file), File.ReadAllBytes(file)),
    ];

    /// <summary>The time to put them into an empty folder, and onto its disk.</summary>
    public TimeSpan Time(string folder)
    {
        foreach (string parent in _files.Select(file => Path.GetDirectoryName(Path.Combine(folder, file.Name))!).Distinct())
        {
            Directory.CreateDirectory(parent);
        }

        return Comparison.Time(() =>
        {
            Parallel.ForEach(_files, file => File.WriteAllBytes(Path.Combine(folder, file.Name), file.Content));
            UnixFileSystem.FlushFileSystem(folder);
        });
    }
}
