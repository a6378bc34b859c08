namespace MtlsScenario.Files;

/// <summary>The folder of the certificates is not in a condition to be worked on: the environment's fault, not the scenario's.</summary>
internal sealed class FolderException : IOException
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong, with the path.</param>
    /// <param name="hint">What would mend it, or null.</param>
    /// <param name="inner">What was caught, or null.</param>
    public FolderException(string message, string? hint = null, Exception? inner = null)
        : base(message, inner)
    {
        Hint = hint;
    }

    /// <summary>What would mend it, or null.</summary>
    public string? Hint { get; }
}
