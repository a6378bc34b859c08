using System.Collections.Immutable;

namespace MtlsScenario.Tool.Commands;

/// <summary>A scenario to start from.</summary>
/// <param name="Name">The word on the command line, which is also the name of its resource.</param>
/// <param name="Scenario">The name of the scenario, and of the file unless another is said.</param>
/// <param name="Summary">What it shows, one line.</param>
internal sealed record ScenarioTemplate(string Name, string Scenario, string Summary)
{
    /// <summary>All templates, the simplest first.</summary>
    public static ImmutableArray<ScenarioTemplate> All { get; } =
    [
        new("single-ca", "amy-bob", "one CA signs a client and a server; the default"),
        new("distinct-cas", "distinct-cas", "each side has a CA of its own"),
        new("intermediate", "intermediate", "a root, an intermediate CA, and leaves below it"),
        new("peers", "peers", "services that call each other, by SPIFFE IDs"),
        new("fleet", "fleet", "a hundred devices that differ in a number"),
    ];

    /// <summary>Its text.</summary>
    public string ReadText()
    {
        using Stream stream = typeof(ScenarioTemplate).Assembly.GetManifestResourceStream($"template:{Name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
