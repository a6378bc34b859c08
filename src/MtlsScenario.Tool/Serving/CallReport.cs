using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Serving;

/// <summary>What came of a call.</summary>
/// <param name="Url">What was called.</param>
internal sealed record CallReport(string Url)
{
    /// <summary>Whether both ends accepted each other.</summary>
    public bool Accepted => Rejection is null;

    /// <summary>The status of HTTP; null where it did not come to that.</summary>
    public int? Status { get; init; }

    /// <summary>The version of TLS; null where the handshake did not end well.</summary>
    public string? Tls { get; init; }

    /// <summary>The cipher suite, in IANA's words.</summary>
    public string? Cipher { get; init; }

    /// <summary>What the server presented, leaf first.</summary>
    public ImmutableArray<PresentedCertificate> Presented { get; init; } = [];

    /// <summary>How one end turned the other away, or null.</summary>
    public CallRejection? Rejection { get; init; }

    /// <summary>The answer, as text; null where there is none.</summary>
    public string? Answer { get; init; }
}

/// <summary>A rejection of a call: one end turned the other away.</summary>
/// <param name="By"><c>client</c> or <c>server</c>.</param>
/// <param name="Because">The normalised reason; null where it is not known.</param>
/// <param name="Sentence">Who turned whom away and why, for people.</param>
/// <param name="Words">What was said.</param>
/// <param name="Remedy">What would mend it.</param>
internal sealed record CallRejection(string By, string? Because, string Sentence, string Words, string Remedy);

/// <summary>How a report becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallReport))]
internal sealed partial class CallReportContext : JsonSerializerContext;
