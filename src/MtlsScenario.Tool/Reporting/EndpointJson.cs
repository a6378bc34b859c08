using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What a server presents, for programs: what <c>show HOST:PORT --json</c> prints.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="TlsVersions">The versions that it speaks, of 1.2 and 1.3.</param>
/// <param name="KeyExchange">The group of the key exchange with TLS 1.3; null where it is not known.</param>
/// <param name="AsksForCertificate">Whether it asks clients for a certificate.</param>
/// <param name="Authorities">The authorities that it asks for.</param>
/// <param name="Presents">The certificates, leaf first.</param>
internal sealed record EndpointJson(
    string Address, ImmutableArray<string> TlsVersions, string? KeyExchange, bool AsksForCertificate, ImmutableArray<string> Authorities, LayoutJson Presents);

/// <summary>How <see cref="EndpointJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EndpointJson))]
internal sealed partial class EndpointJsonContext : JsonSerializerContext;
