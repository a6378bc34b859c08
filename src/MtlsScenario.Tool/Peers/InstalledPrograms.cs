using System.Collections.Concurrent;

namespace MtlsScenario.Tool.Peers;

/// <summary>Finds programs on this machine, and asks each for its version once.</summary>
/// <param name="searchPath">The value of PATH.</param>
internal sealed class InstalledPrograms(string? searchPath)
{
    /// <summary>Where servers are, though not every user has these in the PATH.</summary>
    private static readonly string[] s_more = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];

    private readonly ConcurrentDictionary<string, InstalledProgram?> _found = new(StringComparer.Ordinal);

    /// <summary>The program of that name; null where it is not there or does not run.</summary>
    /// <param name="name">Its name, without <c>.exe</c>.</param>
    /// <param name="versionArgument">What makes it print its version.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<InstalledProgram?> FindAsync(string name, string versionArgument, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue(name, out InstalledProgram? known))
        {
            return known;
        }

        InstalledProgram? program = PathOf(name) is { } path
            ? await AskAsync(path, versionArgument, cancellationToken).ConfigureAwait(false)
            : null;
        return _found.GetOrAdd(name, program);
    }

    private string? PathOf(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(OperatingSystem.IsWindows() ? [] : s_more)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    private static async Task<InstalledProgram?> AskAsync(string path, string versionArgument, CancellationToken cancellationToken)
    {
        try
        {
            await using var process = RunningProcess.Start(new ProcessOrder(path, [versionArgument]), cancellationToken);
            int exitCode = await process.EndAsync(cancellationToken).ConfigureAwait(false);
            string said = process.Output.Length > 0 ? process.Output : process.Errors;
            return exitCode == 0 ? new InstalledProgram(path, said.Trim().Split('\n')[0]) : null;
        }
        catch (PeerFailure)
        {
            return null;
        }
    }
}

/// <summary>A program that is installed on this machine.</summary>
/// <param name="Path">Where.</param>
/// <param name="Version">What it says of its version, one line.</param>
internal sealed record InstalledProgram(string Path, string Version)
{
    /// <summary>Whether it is a program of Linux itself, and as far as can be known no script that starts one.</summary>
    public bool IsBinary()
    {
        try
        {
            Span<byte> magic = stackalloc byte[4];
            using FileStream file = File.OpenRead(Path);
            return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual("\u007fELF"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
