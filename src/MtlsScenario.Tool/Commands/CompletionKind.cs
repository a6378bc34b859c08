namespace MtlsScenario.Tool.Commands;

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

    /// <summary>Fixed words.</summary>
    Words,
}
