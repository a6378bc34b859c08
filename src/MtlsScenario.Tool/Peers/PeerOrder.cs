using System.Text.Json.Serialization;
using MtlsScenario.Configs;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>What a script or program that this tool brings along is told of an end that it is to play.</summary>
internal sealed record PeerOrder
{
    /// <summary>Which order it is, of one that plays many ends: its reports name it.</summary>
    public string? Id { get; init; }

    /// <summary>What such a one is to do: be the <c>server</c> or <c>client</c> of a connection, or <c>close</c> what listens for one.</summary>
    public string? Role { get; init; }

    /// <summary>The key store of what is presented, for Java, in place of chain and key; or null.</summary>
    public string? KeyStore { get; init; }

    /// <summary>The trust store, for Java, in place of the anchors; or null.</summary>
    public string? TrustStore { get; init; }

    /// <summary>The file of what is presented, or null for nothing.</summary>
    public string? Chain { get; init; }

    /// <summary>The file of the key, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The file of the anchors; null for none.</summary>
    public string? Anchors { get; init; }

    /// <summary>The file of the CRLs against which the other's chain is checked; null where it is not.</summary>
    public string? Crls { get; init; }

    /// <summary>The oldest version of TLS, as in <c>TLSv1.2</c>.</summary>
    public string? MinVersion { get; init; }

    /// <summary>The newest version of TLS.</summary>
    public string? MaxVersion { get; init; }

    /// <summary>A client's: the name by which it calls.</summary>
    public string? Host { get; init; }

    /// <summary>A client's: the port that it calls.</summary>
    public int? Port { get; init; }

    /// <summary>The instant of the connection in seconds of Unix; null for now.</summary>
    public long? At { get; init; }

    /// <summary>Whom a server admits, a line each: the kind of name and the expression; null for whoever can be verified.</summary>
    public string? Admits { get; init; }

    /// <summary>The file of a module that tells the same, for Node; or null.</summary>
    public string? Admission { get; init; }

    /// <summary>The client of a trial, who calls 127.0.0.1 at a port.</summary>
    public static PeerOrder Client(Trial trial, PeerFiles files, int port) => new()
    {
        Role = "client",
        Chain = trial.Connection.PresentsNothing ? null : files.Chain,
        Key = trial.Connection.PresentsNothing ? null : files.Key,
        Anchors = files.Anchors,
        Crls = files.Crls,
        MinVersion = NameOf(trial.Offered),
        MaxVersion = NameOf(trial.Offered),
        Host = trial.Connection.Host,
        Port = port,
        At = trial.Connection.At?.ToUnixTimeSeconds(),
    };

    /// <summary>The server of a trial.</summary>
    public static PeerOrder Server(Trial trial, PeerFiles files) => new()
    {
        Role = "server",
        Chain = files.Chain,
        Key = files.Key,
        Anchors = files.Anchors,
        Crls = files.Crls,
        MinVersion = NameOf(trial.Server.Certificate.MinimumTls),
        MaxVersion = NameOf(TlsVersion.Tls13),
        At = trial.Connection.At?.ToUnixTimeSeconds(),
        Admits = trial.Server.Certificate.Admits is { } admits
            ? string.Join('\n', admits.Select(AdmissionExpression.Line))
            : null,
    };

    private static string NameOf(TlsVersion version) => version == TlsVersion.Tls12 ? "TLSv1.2" : "TLSv1.3";
}

/// <summary>What is said to programs in JSON.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerOrder))]
internal sealed partial class PeerJson : JsonSerializerContext;
