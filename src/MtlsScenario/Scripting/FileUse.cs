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

    /// <summary>Made each time, of a key: where it is there already, it has to be the same key's.</summary>
    Formed,

    /// <summary>Somebody else's: read, never made.</summary>
    Given,

    /// <summary>Made on the way, and removed in the end.</summary>
    Removed,
}
