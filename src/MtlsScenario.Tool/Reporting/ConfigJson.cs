using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A configuration, for programs.</summary>
/// <param name="Party">The party, with its number where it is one of many.</param>
/// <param name="Role"><c>server</c> or <c>client</c>.</param>
/// <param name="Program">The program, as after <c>--for</c>.</param>
/// <param name="Files">The texts.</param>
internal sealed record ConfigJson(string Party, string Role, string Program, ImmutableArray<ConfigFileJson> Files);

/// <summary>One text of a configuration, for programs.</summary>
/// <param name="Name">What it would be called.</param>
/// <param name="Text">The text.</param>
internal sealed record ConfigFileJson(string Name, string Text);

/// <summary>How a configuration becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConfigJson))]
internal sealed partial class ConfigJsonContext : JsonSerializerContext;
