using MtlsScenario.Diagnostics;
using MtlsScenario.Scripting;

namespace MtlsScenario.Tool.Context;

/// <summary>Where a scenario and its certificates are, as the user said it: so that a hint can name a whole command.</summary>
/// <param name="File">The scenario's file; <c>-</c> is standard input.</param>
/// <param name="Folder">The folder of the certificates; null where it was not said.</param>
internal sealed record ScenarioPlace(string File, string? Folder)
{
    /// <summary>Further options that each command needs.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>A command of this tool on that scenario and folder, fit to be printed and to be pasted into a shell.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="words">What follows the scenario.</param>
    public string Command(string name, params string[] words)
    {
        string[] folder = Folder is null ? [] : ["-d", Folder];
        return VisibleText.Of(string.Join(' ', ["mtls-scenario", name, .. ((string[])[File, .. words, .. folder, .. Options]).Select(ShellQuoting.Quote)]));
    }
}
