using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>How <see cref="SnapshotJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SnapshotJson))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;
