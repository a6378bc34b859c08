namespace MtlsScenario.Tool.Context;

/// <summary>What the process tells its caller; the same for every command.</summary>
internal enum ExitCode
{
    /// <summary>All was done as asked.</summary>
    Success = 0,

    /// <summary>A check said no.</summary>
    CheckFailed = 1,

    /// <summary>The command line or the scenario is not valid; nothing was written.</summary>
    Usage = 2,

    /// <summary>The environment did not allow it: a file, a full disk, a program that is missing.</summary>
    Environment = 3,

    /// <summary>A fault of this program.</summary>
    Bug = 70,

    /// <summary>Cancelled, as by Ctrl-C.</summary>
    Cancelled = 130,
}
