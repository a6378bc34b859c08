using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How a configuration becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConfigJson))]
internal sealed partial class ConfigJsonContext : JsonSerializerContext;
