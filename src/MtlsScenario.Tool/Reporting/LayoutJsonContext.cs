using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How <see cref="LayoutJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LayoutJson))]
internal sealed partial class LayoutJsonContext : JsonSerializerContext;
