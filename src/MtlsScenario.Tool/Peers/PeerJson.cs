using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Peers;

/// <summary>What is said to programs in JSON.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerOrder))]
internal sealed partial class PeerJson : JsonSerializerContext;
