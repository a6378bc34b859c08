namespace MtlsScenario.Benchmarks;

/// <summary>A folder in which the runs leave their files, removed in the end.</summary>
internal sealed class WorkPlace : IDisposable
{
    private readonly string _root;
    private int _used;

    /// <summary>Makes one below a folder, such as <c>/dev/shm</c>.</summary>
    public WorkPlace(string parent)
    {
        _root = Path.Combine(parent, $"mtls-scenario-benchmark-{Environment.ProcessId}");
        Directory.CreateDirectory(_root);
    }

    /// <summary>Writes a scenario and returns its path.</summary>
    public string Scenario(string name, string text)
    {
        string path = Path.Combine(_root, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>An empty folder.</summary>
    public string Empty() => Directory.CreateDirectory(Path.Combine(_root, $"run-{_used++}")).FullName;

    /// <summary>An empty folder on a disk that has nothing left to write: who flushes pays for what others left unwritten.</summary>
    public string Settled()
    {
        string folder = Empty();
        ChildProcess.Output(folder, "sync", "-f", folder);
        return folder;
    }

    /// <summary>
    /// Times work in an empty folder, and removes what it left, off the clock: for what leaves much, since the disk is busy with
    /// the removal for a while.
    /// </summary>
    public TimeSpan InEmpty(Func<string, TimeSpan> work)
    {
        string folder = Empty();
        TimeSpan time = work(folder);
        Directory.Delete(folder, recursive: true);
        return time;
    }

    /// <summary>Removes all.</summary>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
