using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Reporting;

/// <summary>What is wrong with scenario files, for programs.</summary>
/// <param name="Files">The files, in the order of the command line.</param>
internal sealed record ValidationJson(ImmutableArray<ValidationJson.FileJson> Files)
{
    /// <summary>The form of what reading them gave.</summary>
    public static ValidationJson Of(IEnumerable<(string File, ScenarioReadResult Result)> results) => new(
        [.. results.Select(pair => new FileJson(
            pair.File, pair.Result.Scenario is not null, [.. pair.Result.Diagnostics.Select(FaultJson.Of)]))]);

    /// <summary>One file.</summary>
    /// <param name="File">As it was named.</param>
    /// <param name="Valid">Whether it can be used.</param>
    /// <param name="Diagnostics">What is wrong with it, in document order.</param>
    internal sealed record FileJson(string File, bool Valid, ImmutableArray<FaultJson> Diagnostics);
}

/// <summary>How a validation becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ValidationJson))]
internal sealed partial class ValidationJsonContext : JsonSerializerContext;
