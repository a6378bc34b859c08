using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How the result of <c>test</c> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialsJson))]
internal sealed partial class TrialsJsonContext : JsonSerializerContext;
