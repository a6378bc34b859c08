using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Serving;

/// <summary>How a report becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallReport))]
internal sealed partial class CallReportContext : JsonSerializerContext;
