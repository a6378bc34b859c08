using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What <c>snapshot --json</c> prints.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="File">The accepted layout's file.</param>
/// <param name="Same">Whether the layout is the one that was accepted.</param>
/// <param name="Accepted">Whether it was accepted now.</param>
/// <param name="Difference">The lines that differ and those around them; none where it is the same.</param>
internal sealed record SnapshotJson(
    string Scenario, string File, bool Same, bool Accepted, ImmutableArray<string> Difference);

/// <summary>How <see cref="SnapshotJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SnapshotJson))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;
