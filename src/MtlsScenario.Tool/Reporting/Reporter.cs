using System.Collections.Immutable;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Reporting;

/// <summary>
/// Decides how each message looks and where it goes. Text from outside (a value, a path, an exception's
/// message) is to be passed through <see cref="VisibleText"/> before it becomes part of a message.
/// </summary>
internal sealed class Reporter(ToolContext context)
{
    private readonly Style _style = new(context.HasColour(context.ErrorIsTerminal));

    /// <summary>Prints what was asked for to standard output, whole lines; <c>--quiet</c> does not silence it.</summary>
    public void Result(string text) => context.Output.Write(EndingALine(text));

    /// <summary>Prints a line about what was done to standard output, unless <c>--quiet</c>.</summary>
    public void Outcome(string line)
    {
        if (!context.Quiet)
        {
            context.Output.Write(EndingALine(line));
        }
    }

    /// <summary>Prints a line that explains to standard error, unless <c>--quiet</c>.</summary>
    public void Note(string line)
    {
        if (!context.Quiet)
        {
            context.Error.Write(EndingALine(line));
        }
    }

    /// <summary>Prints <c>warning: …</c> and the hint.</summary>
    public void Warning(string message, string? hint = null) => Message(_style.Warning("warning"), message, hint);

    /// <summary>Prints <c>error: …</c> and the hint.</summary>
    public void Error(string message, string? hint = null) => Message(_style.Error("error"), message, hint);

    /// <summary><see cref="Error"/>, and the exit code to return.</summary>
    public ExitCode Fail(ExitCode exitCode, string message, string? hint = null)
    {
        Error(message, hint);
        return exitCode;
    }

    /// <summary>Prints the faults and warnings of a scenario, in the order given.</summary>
    public void Diagnostics(ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            context.Error.Write(EndingALine(_style.Of(diagnostic)));
        }
    }

    private void Message(string severity, string message, string? hint)
    {
        string line = $"{severity}: {message}";
        context.Error.Write(EndingALine(hint is null ? line : $"{line}\n  hint: {hint}"));
    }

    private static string EndingALine(string text) => text.EndsWith('\n') ? text : text + "\n";
}
