using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Tool.CommandLine;

namespace MtlsScenario.Tool.Shells;

/// <summary>How an option is spelled.</summary>
internal static class OptionNames
{
    /// <summary><c>-o</c>, where there is a letter, and <c>--out</c>.</summary>
    public static IEnumerable<string> Of(DeclaredOption declared) => declared.Option.ShortName is { Length: > 0 } letter
        ? [$"-{letter}", $"--{declared.Option.LongName}"]
        : [$"--{declared.Option.LongName}"];

    /// <summary>Whether a value follows.</summary>
    public static bool TakesValue(DeclaredOption declared) => declared.Option.OptionType != CommandOptionType.NoValue;

    /// <summary>Whether it may be said more than once.</summary>
    public static bool Repeats(DeclaredOption declared) => declared.Option.OptionType == CommandOptionType.MultipleValue;
}
