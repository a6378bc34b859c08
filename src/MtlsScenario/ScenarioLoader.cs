using System.Text;
using MtlsScenario.Model;

namespace MtlsScenario;

/// <summary>Loads scenarios for programs that have no use for a faulty one.</summary>
/// <remarks><see cref="ScenarioReader"/> gives the faults and warnings as data instead.</remarks>
public static class ScenarioLoader
{
    /// <summary>Loads a scenario from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidScenarioException">It is not a scenario, or a faulty one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Scenario Load(string path) => Read(path, File.ReadAllBytes(path));

    /// <summary>Loads a scenario from what is left of a stream, which stays open.</summary>
    /// <param name="utf8">YAML in UTF-8.</param>
    /// <exception cref="InvalidScenarioException">It is not a scenario, or a faulty one.</exception>
    public static Scenario Load(Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        using var content = new MemoryStream();
        utf8.CopyTo(content);
        return Read("stream", content.ToArray());
    }

    /// <summary>Loads a scenario from a text.</summary>
    /// <param name="yaml">The content of a scenario file.</param>
    /// <exception cref="InvalidScenarioException">It is not a scenario, or a faulty one.</exception>
    public static Scenario Parse(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return Read("text", Encoding.UTF8.GetBytes(yaml));
    }

    private static Scenario Read(string source, byte[] utf8)
    {
        ScenarioReadResult result = ScenarioReader.Read(source, utf8);
        return result.Scenario ?? throw new InvalidScenarioException(result.Diagnostics);
    }
}
