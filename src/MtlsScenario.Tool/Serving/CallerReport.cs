using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Serialization;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Serving;

/// <summary>Who called, as a server tells it to the caller.</summary>
/// <param name="Server">The party that was called.</param>
/// <param name="Subject">The subject of the caller's certificate.</param>
/// <param name="Names">Its subject alternative names, as in a scenario: <c>uri:spiffe://example/amy</c>.</param>
/// <param name="Issuer">The issuer of the certificate.</param>
/// <param name="Tls">The version of TLS: <c>1.2</c>, <c>1.3</c>.</param>
/// <param name="Cipher">The cipher suite, in IANA's words.</param>
/// <param name="Rejected">Why the caller is not let in; null where it is.</param>
internal sealed record CallerReport(
    string Server, string Subject, ImmutableArray<string> Names, string Issuer, string Tls, string? Cipher = null, string? Rejected = null)
{
    /// <summary>The report on a connection.</summary>
    public static CallerReport Of(string server, X509Certificate2 caller, PeerNames names, (SslProtocols Protocol, TlsCipherSuite? Cipher) tls) =>
        new(
            server,
            names.Subject,
            [.. names.AlternativeNames.Select(name => name.ToString())],
            caller.Issuer,
            VersionText(tls.Protocol),
            tls.Cipher?.ToString());

    /// <summary>A line each, for people.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(Rejected is null ? $"This is {Server}. You are\n" : $"This is {Server}, which does not let you in: {Rejected}. You are\n");
        text.Append("  subject: ").Append(VisibleText.Of(Subject)).Append('\n');
        text.Append("  names:   ").Append(Names.IsEmpty ? "none" : string.Join(", ", Names.Select(VisibleText.Of))).Append('\n');
        text.Append("  issuer:  ").Append(VisibleText.Of(Issuer)).Append('\n');
        text.Append("  TLS:     ").Append(Tls).Append(Cipher is null ? "" : $", {Cipher}").Append('\n');
        return text.ToString();
    }

    /// <summary>The version as a scenario spells it.</summary>
    public static string VersionText(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => protocol.ToString(),
    };
}

/// <summary>How a report becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallerReport))]
internal sealed partial class CallerReportContext : JsonSerializerContext;
