using System.Runtime.InteropServices;

namespace MtlsScenario.Benchmarks;

/// <summary>The native binary: the one that <c>MTLS_SCENARIO_BINARY</c> names, or one that is built first.</summary>
internal static class NativeTool
{
    /// <summary>The binary's path.</summary>
    public static string Find(string folder)
    {
        if (Environment.GetEnvironmentVariable("MTLS_SCENARIO_BINARY") is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        Console.Error.WriteLine("building the native tool ...");
        string project = Path.Combine(Repository(), "src", "MtlsScenario.Tool");
        string output = Path.Combine(folder, "tool");
        ChildProcess.Output(
            folder, "dotnet", "publish", project, "-r", RuntimeInformation.RuntimeIdentifier, "-v", "quiet", "-o", output);
        return Path.Combine(output, "mtls-scenario");
    }

    private static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MtlsScenario.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the benchmarks run outside the repository");
        }

        return folder;
    }
}
