namespace MtlsScenario;

/// <summary>The JSON Schema (2020-12) of the scenario format.</summary>
internal static class ScenarioSchema
{
    /// <summary>Its text, UTF-8 JSON that ends in a newline.</summary>
    public static string ReadText()
    {
        using Stream stream = typeof(ScenarioSchema).Assembly.GetManifestResourceStream("scenario.schema.json")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
