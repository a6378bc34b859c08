using System.Globalization;
using System.Text.Json;

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
    public required string Certificate { get; init; }

    /// <summary>The number of the connection, by which the log of errors names it too.</summary>
    public required int Connection { get; init; }

    /// <summary>Reads a line of the log.</summary>
    /// <exception cref="JsonException">It is no such line.</exception>
    /// <exception cref="KeyNotFoundException">It lacks something.</exception>
    public static NginxReport Read(string line)
    {
        using var report = JsonDocument.Parse(line);
        string Text(string name) => report.RootElement.GetProperty(name).GetString()!;
        return new NginxReport
        {
            Status = Text("status"),
            Verify = Text("verify"),
            Version = Text("version"),
            Certificate = Text("cert"),
            Connection = int.Parse(Text("connection"), CultureInfo.InvariantCulture),
        };
    }
}
