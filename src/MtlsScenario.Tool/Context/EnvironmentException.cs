namespace MtlsScenario.Tool.Context;

/// <summary>The environment does not allow what was asked, as where a program is missing: exit code 3.</summary>
/// <param name="message">What is wrong, without a full stop; already fit to be printed.</param>
/// <param name="hint">What would help, or null.</param>
internal sealed class EnvironmentException(string message, string? hint = null) : Exception(message)
{
    /// <summary>What would help, or null.</summary>
    public string? Hint { get; } = hint;

    /// <summary>The file that the user named and that is at fault, where it is one; the message names it too.</summary>
    public string? File { get; init; }
}
