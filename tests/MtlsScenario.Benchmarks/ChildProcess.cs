using System.Diagnostics;
using System.Globalization;

namespace MtlsScenario.Benchmarks;

/// <summary>Runs a program to its end and measures it.</summary>
internal static class ChildProcess
{
    /// <summary>The time from start to end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static TimeSpan Time(string folder, string program, params string[] arguments) =>
        Measure(folder, program, arguments, watchesMemory: false).Time;

    /// <summary>The time, and the most memory that was resident, in bytes.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static (TimeSpan Time, long PeakBytes) TimeAndPeak(string folder, string program, params string[] arguments) =>
        Measure(folder, program, arguments, watchesMemory: true);

    /// <summary>What it prints, trimmed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Output(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        string output = process.StandardOutput.ReadToEnd();
        End(process, program);
        return output.Trim();
    }

    private static (TimeSpan Time, long PeakBytes) Measure(
        string folder, string program, string[] arguments, bool watchesMemory)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(folder, program, arguments);
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        long peak = 0;
        while (watchesMemory && !process.WaitForExit(20))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        process.WaitForExit();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        End(process, program);
        return (time, peak);
    }

    private static Process Start(string folder, string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && Environment.GetEnvironmentVariable("BENCHMARK_VERBOSE") is not null)
            {
                Console.Error.WriteLine(text);
            }
        };
        process.BeginErrorReadLine();
        return process;
    }

    private static void End(Process process, string program)
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', process.StartInfo.ArgumentList)} exited with {process.ExitCode}; "
                + "BENCHMARK_VERBOSE=1 shows what it says");
        }
    }

    /// <summary>The kernel's high-water mark, which only grows: the last look is the peak.</summary>
    private static long PeakOf(int processId)
    {
        try
        {
            string line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "VmHWM: 0 kB";
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return 0;
        }
    }
}
