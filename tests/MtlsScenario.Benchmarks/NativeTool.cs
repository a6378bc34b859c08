using System.Runtime.InteropServices;

namespace MtlsScenario.Benchmarks;

/// <summary>The native binary: the one that <c>MTLS_SCENARIO_BINARY</c> names, or one that is built first.</summary>
internal static class NativeTool
{
    /// <summary>The folder of its project.</summary>
    public static string Project => Path.Combine(Repository(), "src", "MtlsScenario.Tool");

    /// <summary>The binary's path.</summary>
    public static string Find(string folder)
    {
        if (Environment.GetEnvironmentVariable("MTLS_SCENARIO_BINARY") is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        return Build(folder);
    }

    /// <summary>Builds one.</summary>
    /// <param name="folder">Has room for it.</param>
    /// <param name="options">What else to tell <c>dotnet publish</c>.</param>
    /// <returns>The binary's path.</returns>
    public static string Build(string folder, params string[] options)
    {
        Console.Error.WriteLine("building the native tool ...");
        string output = Path.Combine(folder, "tool");
        ChildProcess.Output(
            folder, "dotnet", ["publish", Project, "-r", RuntimeInformation.RuntimeIdentifier, "-v", "quiet", "-o", output, .. options]);
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
