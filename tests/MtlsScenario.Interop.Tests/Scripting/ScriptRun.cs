namespace MtlsScenario.Interop.Tests.Scripting;

/// <summary>How a script is run.</summary>
internal sealed record ScriptRun
{
    /// <summary>The name of its file.</summary>
    public string File { get; init; } = "script.sh";

    /// <summary>The shell and its options.</summary>
    public string[] Shell { get; init; } = ["sh"];

    /// <summary>What follows the script.</summary>
    public string[] Arguments { get; init; } = ["out"];

    /// <summary>Which OpenSSL.</summary>
    public string Version { get; init; } = OpenSslPrograms.Installed;

    /// <summary>The current folder, below that of the script.</summary>
    public string? Folder { get; init; }

    /// <summary>Further variables of the environment; they win over <see cref="Version"/>.</summary>
    public Dictionary<string, string?> Variables { get; init; } = [];
}
