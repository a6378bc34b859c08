namespace MtlsScenario.Tool.Context;

/// <summary>What the terminal of a run can show, as its environment says.</summary>
internal static class Terminal
{
    /// <summary>Whether there are to be colours: the terminal shows them, and the user did not decline them (no-color.org).</summary>
    /// <param name="context">The run.</param>
    /// <param name="isTerminal">Whether what is written goes to a terminal.</param>
    public static bool HasColour(ToolContext context, bool isTerminal) =>
        ObeysSequences(context, isTerminal) && string.IsNullOrEmpty(context.Environment("NO_COLOR"));

    /// <summary>
    /// Whether it obeys escape sequences. A terminal that does not says so in <c>TERM</c>, or says nothing; on Windows none says
    /// anything.
    /// </summary>
    /// <inheritdoc cref="HasColour"/>
    public static bool ObeysSequences(ToolContext context, bool isTerminal) =>
        isTerminal && (context.Environment("TERM") is { Length: > 0 } kind ? kind != "dumb" : OperatingSystem.IsWindows());
}
