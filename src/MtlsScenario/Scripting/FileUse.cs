namespace MtlsScenario.Scripting;

/// <summary>How a script treats a file.</summary>
internal enum FileUse
{
    /// <summary>Taken as it is where it is there, otherwise made.</summary>
    Kept,

    /// <summary>Taken as it is where it is there and still serves, otherwise made.</summary>
    Reused,

    /// <summary>Made each time.</summary>
    Made,

    /// <summary>Somebody else's: read, never made.</summary>
    Given,

    /// <summary>Made on the way, and removed in the end.</summary>
    Removed,
}
