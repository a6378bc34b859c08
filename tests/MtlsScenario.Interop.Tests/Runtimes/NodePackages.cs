using System.Runtime.CompilerServices;

namespace MtlsScenario.Interop.Tests.Runtimes;

/// <summary>The packages of Node that tests run beside the browser's.</summary>
internal static class NodePackages
{
    /// <summary>What lets a program find them: an assignment for the environment.</summary>
    public static string Variable => $"NODE_PATH={Folder}";

    /// <summary>Where they are.</summary>
    public static string Folder
    {
        get
        {
            string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Source())!, "../../browser/node_modules"));
            Needs.That(Directory.Exists(folder), "the packages of Node (npm ci --prefix tests/browser)");
            return folder;
        }
    }

    private static string Source([CallerFilePath] string source = "") => source;
}
