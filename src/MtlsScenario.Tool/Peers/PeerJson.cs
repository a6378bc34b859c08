using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Peers;

/// <summary>What is said to programs and by them in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeOptions))]
[JsonSerializable(typeof(NodeReport))]
[JsonSerializable(typeof(NginxReport))]
internal sealed partial class PeerJson : JsonSerializerContext;
