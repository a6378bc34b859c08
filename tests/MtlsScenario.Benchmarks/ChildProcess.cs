using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MtlsScenario.Benchmarks;

/// <summary>
/// Runs a program to its end and measures it. <see cref="Process"/> needs a millisecond and more for its pipes and threads,
/// which is as much as what is measured; so these are started and awaited as a shell does it.
/// </summary>
internal static partial class ChildProcess
{
    /// <summary>WNOHANG.</summary>
    private const int NoHang = 1;

    private const int WriteOnly = 1;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>More than any C library has for <c>posix_spawn_file_actions_t</c>.</summary>
    private const int FileActionsSize = 512;

    private static readonly bool _isVerbose = Environment.GetEnvironmentVariable("BENCHMARK_VERBOSE") is not null;

    private static readonly string?[] _environment =
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}"),
        null,
    ];

    /// <summary>The time from start to end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static TimeSpan Time(string folder, string program, params string[] arguments) => TimeTo(0, folder, program, arguments);

    /// <summary>The time from start to an end with that exit code.</summary>
    /// <exception cref="InvalidOperationException">It ended with another.</exception>
    public static TimeSpan TimeTo(int code, string folder, string program, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        int process = Spawn(folder, program, arguments);
        HasEnded(process, waits: true, out int status);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        Require(status == code << 8, program, arguments);
        return time;
    }

    /// <summary>The time, to some milliseconds, and the most memory that was resident, in bytes.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static (TimeSpan Time, long PeakBytes) TimeAndPeak(string folder, string program, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        int process = Spawn(folder, program, arguments);
        long peak = 0;
        int status;
        while (!HasEnded(process, waits: false, out status))
        {
            peak = Math.Max(peak, PeakOf(process));
            Thread.Sleep(5);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        Require(status == 0, program, arguments);
        return (time, peak);
    }

    /// <summary>What it prints, trimmed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Require(process.ExitCode == 0, program, arguments);
        return output.Trim();
    }

    private static void Require(bool succeeded, string program, string[] arguments)
    {
        if (!succeeded)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} failed; BENCHMARK_VERBOSE=1 shows what it says");
        }
    }

    private static bool HasEnded(int process, bool waits, out int status)
    {
        int ended = WaitFor(process, out status, waits ? 0 : NoHang);
        return ended >= 0 ? ended == process : throw new Win32Exception();
    }

    /// <summary>
    /// The kernel's high-water mark, which only grows: the last look is the peak. The one that it hands over at the end of a
    /// process includes that of ours, from which it was started.
    /// </summary>
    private static long PeakOf(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status")
            .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "VmHWM: 0 kB";
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    private static unsafe int Spawn(string folder, string program, string[] arguments)
    {
        byte* actions = stackalloc byte[FileActionsSize];
        Check(InitializeActions(actions));
        try
        {
            Check(AddFolder(actions, folder));
            Check(AddOpen(actions, StandardOutput, "/dev/null", WriteOnly, 0));
            if (!_isVerbose)
            {
                Check(AddOpen(actions, StandardError, "/dev/null", WriteOnly, 0));
            }

            Check(Spawn(out int process, program, actions, 0, [program, .. arguments, null], _environment));
            return process;
        }
        finally
        {
            _ = DestroyActions(actions);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(
        out int process, string program, byte* actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int InitializeActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AddFolder(byte* actions, string folder);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitFor(int process, out int status, int options);
}
