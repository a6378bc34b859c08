using System.Runtime.CompilerServices;

namespace MtlsScenario.Tests.Binding;

/// <summary>The folder of this file.</summary>
internal static class SourceFolder
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string here = "") => System.IO.Path.GetDirectoryName(here)!;
}
