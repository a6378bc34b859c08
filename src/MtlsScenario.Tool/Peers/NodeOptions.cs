using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Peers;

/// <summary>What the script <c>node-peer.cjs</c> is told.</summary>
internal sealed record NodeOptions
{
    /// <summary>The file of what is presented, or null for nothing.</summary>
    public string? Chain { get; init; }

    /// <summary>The file of the key, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The file of the anchors; null for none.</summary>
    public string? Anchors { get; init; }

    /// <summary>The file of the CRLs against which the other's chain is checked; null where it is not.</summary>
    public string? Crls { get; init; }

    /// <summary>The oldest version of TLS, as Node calls it.</summary>
    public required string MinVersion { get; init; }

    /// <summary>The newest version of TLS.</summary>
    public required string MaxVersion { get; init; }

    /// <summary>A client's: the name by which it calls.</summary>
    public string? Host { get; init; }

    /// <summary>A client's: the port that it calls.</summary>
    public int? Port { get; init; }
}

/// <summary>What is said to programs and by them in JSON.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeOptions))]
internal sealed partial class PeerJson : JsonSerializerContext;
