using System.Collections.Immutable;

namespace MtlsScenario.Tool.Reporting;

/// <summary>The result of <c>script --check</c> as JSON.</summary>
/// <param name="OpenSsl">Which openssl ran the script.</param>
/// <param name="Equal">Whether both engines made the same.</param>
/// <param name="NotPossible">Why that openssl cannot; null where it could.</param>
/// <param name="Files">The files.</param>
internal sealed record EngineCheckJson(
    string OpenSsl, bool Equal, string? NotPossible, ImmutableArray<FileComparisonJson> Files);
