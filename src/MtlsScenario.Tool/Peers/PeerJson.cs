using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Peers;

/// <summary>What is said to programs and by them in JSON.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeOptions))]
internal sealed partial class PeerJson : JsonSerializerContext;
