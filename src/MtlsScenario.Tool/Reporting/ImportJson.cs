using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>An import for programs: what <c>import --json</c> prints.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="File">Where it was written.</param>
/// <param name="Authorities">The stems of the authorities.</param>
/// <param name="Parties">The stems of the parties' certificates.</param>
/// <param name="Connections">The connections that worked.</param>
/// <param name="LeftOut">What could not be taken into it, and why.</param>
/// <param name="Unreadable">What could not be read.</param>
/// <param name="Plan">What there is to do, as <c>plan --json</c> says it.</param>
internal sealed record ImportJson(
    string Scenario,
    string File,
    ImmutableArray<string> Authorities,
    ImmutableArray<string> Parties,
    ImmutableArray<string> Connections,
    ImmutableArray<string> LeftOut,
    ImmutableArray<string> Unreadable,
    ChangeJson Plan);

/// <summary>How <see cref="ImportJson"/> becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImportJson))]
internal sealed partial class ImportJsonContext : JsonSerializerContext;
