using System.Globalization;
using System.Text.Json;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>A line that a script or program prints which this tool brings along.</summary>
internal sealed record PeerReport
{
    /// <summary>Which order it answers, of one that plays many ends.</summary>
    public string? Id { get; init; }

    /// <summary>Where a server listens; its first line.</summary>
    public int? Port { get; init; }

    /// <summary>The HTTP status, sent or received.</summary>
    public int? Status { get; init; }

    /// <summary>The version of TLS as Node calls it, <c>TLSv1.3</c>.</summary>
    public string? Version { get; init; }

    /// <summary>The group of the key exchange; null where Node does not tell.</summary>
    public string? Group { get; init; }

    /// <summary>The other's certificate, base64 of DER.</summary>
    public string? Certificate { get; init; }

    /// <summary>The body of the answer that a client received.</summary>
    public string? Body { get; init; }

    /// <summary>The runtime's code of an error.</summary>
    public string? Code { get; init; }

    /// <summary>Its message.</summary>
    public string? Message { get; init; }

    /// <summary>Reads a line that the program printed. (Without a deserializer, which nothing else needs, the binary is smaller.)</summary>
    /// <exception cref="JsonException">It is no such line.</exception>
    public static PeerReport Read(string line)
    {
        using var report = JsonDocument.Parse(line);
        JsonElement root = report.RootElement;
        string? Text(string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
        int? Number(string name) =>
            root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
        return new PeerReport
        {
            Id = Text("id"),
            Port = Number("port"),
            Status = Number("status"),
            Version = Text("version"),
            Group = Text("group"),
            Certificate = Text("certificate"),
            Body = Text("body"),
            Code = Text("code"),
            Message = Text("message"),
        };
    }

    /// <summary>How the connection went where it came to an answer over HTTP; null where it did not.</summary>
    /// <param name="side">Which end reports.</param>
    public EndView? Exchanged(Side side)
    {
        if (Status is not { } status)
        {
            return null;
        }

        string said = string.Create(CultureInfo.InvariantCulture, $"HTTP status {status}");
        EndRejection? turnedAway = status == 403 ? new EndRejection(RejectionReason.NotAdmitted, said) : null;
        return new EndView
        {
            IsComplete = status == 200,
            Rejects = side == Side.Server ? turnedAway : null,
            Told = side == Side.Client ? turnedAway : null,
            StackMessage = said,
            Version = Version == "TLSv1.2" ? TlsVersion.Tls12 : TlsVersion.Tls13,
            Group = Group,
            PeerCertificate = Certificate is { } certificate ? Convert.FromBase64String(certificate) : null,
            Answer = Body ?? "",
        };
    }
}
