using System.Collections.Immutable;

namespace MtlsScenario.Configs;

/// <summary>What comes of asking for a program's configuration.</summary>
internal abstract record ConfigOutcome
{
    private ConfigOutcome()
    {
    }

    /// <summary>The configuration.</summary>
    /// <param name="Files">At least one.</param>
    public sealed record Written(ImmutableArray<ConfigFile> Files) : ConfigOutcome;

    /// <summary>The program cannot do what the scenario asks for; something weaker is not offered in its place.</summary>
    /// <param name="Why">A sentence without a full stop.</param>
    /// <param name="Hint">What can be done instead, or null.</param>
    public sealed record Refused(string Why, string? Hint = null) : ConfigOutcome;

    /// <summary>A configuration of one text.</summary>
    public static Written Of(string name, string text) => new([new ConfigFile(name, text)]);
}
