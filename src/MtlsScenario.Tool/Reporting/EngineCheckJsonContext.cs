using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How <see cref="EngineCheckJson"/> is written, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineCheckJson))]
internal sealed partial class EngineCheckJsonContext : JsonSerializerContext;
