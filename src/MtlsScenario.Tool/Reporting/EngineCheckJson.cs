using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>The result of <c>script --check</c> as JSON.</summary>
/// <param name="OpenSsl">Which openssl ran the script.</param>
/// <param name="Equal">Whether both engines made the same.</param>
/// <param name="NotPossible">Why that openssl cannot; null where it could.</param>
/// <param name="Files">The files.</param>
internal sealed record EngineCheckJson(
    string OpenSsl, bool Equal, string? NotPossible, ImmutableArray<FileComparisonJson> Files);

/// <summary>A file of the comparison.</summary>
/// <param name="File">Relative to the folder.</param>
/// <param name="Equality"><c>byteForByte</c>, <c>toBeSigned</c> or <c>different</c>.</param>
/// <param name="Drawn">What the script drew and the comparison took over: <c>serial</c>, <c>dates</c>.</param>
/// <param name="Differences">What differs.</param>
internal sealed record FileComparisonJson(
    string File, string Equality, ImmutableArray<string> Drawn, ImmutableArray<FieldDifferenceJson> Differences);

/// <summary>A field in which the engines differ.</summary>
/// <param name="Field">In the words of RFC 5280.</param>
/// <param name="Native">What the native issuer wrote.</param>
/// <param name="Script">What the script wrote.</param>
internal sealed record FieldDifferenceJson(string Field, string Native, string Script);

/// <summary>How <see cref="EngineCheckJson"/> is written, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineCheckJson))]
internal sealed partial class EngineCheckJsonContext : JsonSerializerContext;
