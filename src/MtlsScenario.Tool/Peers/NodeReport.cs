using System.Text.Json;

namespace MtlsScenario.Tool.Peers;

/// <summary>A line that the script <c>node-peer.cjs</c> prints.</summary>
internal sealed record NodeReport
{
    /// <summary>Where a server listens; its first line.</summary>
    public int? Port { get; init; }

    /// <summary>The HTTP status, sent or received.</summary>
    public int? Status { get; init; }

    /// <summary>The version of TLS as Node calls it, <c>TLSv1.3</c>.</summary>
    public string? Version { get; init; }

    /// <summary>The other's certificate, base64 of DER.</summary>
    public string? Certificate { get; init; }

    /// <summary>The body of the answer that a client received.</summary>
    public string? Body { get; init; }

    /// <summary>Node's code of an error.</summary>
    public string? Code { get; init; }

    /// <summary>Its message.</summary>
    public string? Message { get; init; }

    /// <summary>Why a server did not take the client's certificate.</summary>
    public string? AuthorizationError { get; init; }

    /// <summary>Reads a line that the program printed. (Without a deserializer, which nothing else needs, the binary is smaller.)</summary>
    /// <exception cref="JsonException">It is no such line.</exception>
    public static NodeReport Read(string line)
    {
        using var report = JsonDocument.Parse(line);
        JsonElement root = report.RootElement;
        string? Text(string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
        int? Number(string name) =>
            root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
        return new NodeReport
        {
            Port = Number("port"),
            Status = Number("status"),
            Version = Text("version"),
            Certificate = Text("certificate"),
            Body = Text("body"),
            Code = Text("code"),
            Message = Text("message"),
            AuthorizationError = Text("authorizationError"),
        };
    }
}
