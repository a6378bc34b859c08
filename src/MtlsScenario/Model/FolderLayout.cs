namespace MtlsScenario.Model;

/// <summary>How the files are laid out below the folder of the certificates.</summary>
public enum FolderLayout
{
    /// <summary>Everything in one folder, as in the article.</summary>
    Flat,

    /// <summary>A folder for every party and every third-party authority, with just what it may hold.</summary>
    ByParty,
}
