using System.Collections.Immutable;

namespace MtlsScenario.Tool.Reporting;

/// <summary>A configuration, for programs.</summary>
/// <param name="Party">The party, with its number where it is one of many.</param>
/// <param name="Role"><c>server</c> or <c>client</c>.</param>
/// <param name="Program">The program, as after <c>--for</c>.</param>
/// <param name="Files">The texts.</param>
internal sealed record ConfigJson(string Party, string Role, string Program, ImmutableArray<ConfigFileJson> Files);
