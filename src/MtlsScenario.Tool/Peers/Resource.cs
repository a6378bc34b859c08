using System.Reflection;

namespace MtlsScenario.Tool.Peers;

/// <summary>The scripts and programs that this tool brings along.</summary>
internal static class Resource
{
    /// <summary>The text of one.</summary>
    public static string Text(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
