namespace MtlsScenario.Tool.CommandLine;

/// <summary>Where a shell finds what to offer.</summary>
internal enum CompletionKind
{
    /// <summary>The shell offers nothing: the value can be any text.</summary>
    None,

    /// <summary>The shell offers files.</summary>
    File,

    /// <summary>The shell offers YAML files, and folders to look for them in.</summary>
    ScenarioFile,

    /// <summary>The shell offers folders.</summary>
    Folder,

    /// <summary>The tool is asked for the stems of the scenario that is named before.</summary>
    Stem,

    /// <summary>The tool is asked for the parties of the scenario that is named before.</summary>
    Party,

    /// <summary>The shell offers the words that the option takes.</summary>
    Words,
}
