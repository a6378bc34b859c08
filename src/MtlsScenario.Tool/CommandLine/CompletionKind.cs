namespace MtlsScenario.Tool.CommandLine;

/// <summary>Where a shell finds what to offer.</summary>
internal enum CompletionKind
{
    /// <summary>It cannot know.</summary>
    None,

    /// <summary>Files.</summary>
    File,

    /// <summary>YAML files.</summary>
    ScenarioFile,

    /// <summary>Folders.</summary>
    Folder,

    /// <summary>Stems of the scenario that is named before.</summary>
    Stem,

    /// <summary>Parties of the scenario that is named before.</summary>
    Party,

    /// <summary>Fixed words.</summary>
    Words,
}
