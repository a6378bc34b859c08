using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Peers;

/// <summary>The line that nginx's access log has for a request, in the format that <see cref="NginxProgram"/> gives it.</summary>
internal sealed record NginxReport
{
    /// <summary>The HTTP status that it answered.</summary>
    public required string Status { get; init; }

    /// <summary>What it made of the client's certificate: <c>SUCCESS</c>, <c>NONE</c>, <c>FAILED:reason</c>.</summary>
    public required string Verify { get; init; }

    /// <summary>The version of TLS, <c>TLSv1.3</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The client's certificate in PEM; empty for none.</summary>
    [JsonPropertyName("cert")]
    public required string Certificate { get; init; }
}
