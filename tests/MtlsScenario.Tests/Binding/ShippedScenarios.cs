namespace MtlsScenario.Tests.Binding;

/// <summary>The files of the folder <c>scenarios</c>.</summary>
internal static class ShippedScenarios
{
    private static string Folder => Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "..", "scenarios"));

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static string PathOf(string name) => Path.Combine(Folder, name + ".yaml");

    public static byte[] Content(string name) => File.ReadAllBytes(PathOf(name));
}
