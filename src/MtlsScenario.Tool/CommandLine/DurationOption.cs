using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Binding;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An option whose value is a duration, as scenarios write them: <c>30d</c>, <c>36h</c>.</summary>
internal sealed class DurationOption(CommandOption option)
{
    /// <summary>What it is to be.</summary>
    public const string Expectation = "a number of days, hours, minutes or seconds is expected, such as 30d or 36h";

    /// <summary>The duration, or null where the option was not said.</summary>
    public TimeSpan? Value => option.Value() is { } text ? TimeSyntax.Duration(text, isSigned: false) : null;

    /// <summary>The duration as it was written.</summary>
    public string? Text => option.Value();
}
