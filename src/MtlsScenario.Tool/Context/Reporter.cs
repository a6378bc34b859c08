using System.Collections.Immutable;
using System.Globalization;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>
/// Decides how each message looks and where it goes. Text from outside (a value, a path, an exception's
/// message) is to be passed through <see cref="VisibleText"/> before it becomes part of a message.
/// </summary>
internal sealed class Reporter(ToolContext context)
{
    /// <summary>So many faults, and so many warnings, of one reading are printed on a terminal; a file or a pipe gets all.</summary>
    private const int MostOnTerminal = 50;

    private readonly Style _style = new(Terminal.HasColour(context, context.ErrorIsTerminal));

    /// <summary>Prints what was asked for to standard output, whole lines; <c>--quiet</c> does not silence it.</summary>
    public void Result(string text)
    {
        context.Messages.HasResult();
        context.Output.Write(EndingALine(text));
    }

    /// <summary>Prints a line about what was done to standard output, unless <c>--quiet</c>.</summary>
    public void Outcome(string line)
    {
        if (!context.Quiet)
        {
            Result(line);
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

    /// <summary>Prints <c>warning: …</c> and the hint, once, and not with <c>--quiet</c>.</summary>
    public void Warning(string message, string? hint = null)
    {
        if (!context.Quiet)
        {
            Caution(message, hint);
        }
    }

    /// <summary>Prints <c>warning: …</c> and the hint, once, and also with <c>--quiet</c>: who does not know it is in danger.</summary>
    public void Caution(string message, string? hint = null)
    {
        if (context.Messages.AreNew([(null, message)])[0])
        {
            Message(new FaultJson("remark", "warning", null, null, null, message, hint), _style.Warning);
        }
    }

    /// <summary>Prints <c>error: …</c> and the hint.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What would be right, or null.</param>
    /// <param name="file">The file that is at fault, as the user named it, or null; for programs alone.</param>
    public void Error(string message, string? hint = null, string? file = null) =>
        Message(new FaultJson("", "error", file, null, null, message, hint), _style.Error);

    /// <summary><see cref="Error"/>, and the exit code to return.</summary>
    public ExitCode Fail(ExitCode exitCode, string message, string? hint = null, string? file = null)
    {
        Error(message, hint, file);
        return exitCode;
    }

    /// <summary>Prints the faults of a scenario, and its warnings once and not with <c>--quiet</c>, in the order given.</summary>
    /// <param name="diagnostics">What was found in one reading of it.</param>
    /// <param name="areResult">Whether they are what was asked for; then all are printed.</param>
    public void Diagnostics(ImmutableArray<Diagnostic> diagnostics, bool areResult = false)
    {
        bool[] areNew = context.Messages.AreNew([.. diagnostics.Select(diagnostic => ((string?)diagnostic.Source, diagnostic.Message))]);
        int most = context.ErrorIsTerminal && !context.Messages.IsJson ? MostOnTerminal : int.MaxValue;
        var counts = new Dictionary<DiagnosticSeverity, int>();
        foreach ((int index, Diagnostic diagnostic) in diagnostics.Index())
        {
            if ((areResult || diagnostic.Severity == DiagnosticSeverity.Error || (areNew[index] && !context.Quiet))
                && (counts[diagnostic.Severity] = counts.GetValueOrDefault(diagnostic.Severity) + 1) <= most)
            {
                Print(FaultJson.Of(diagnostic), _style.Of(diagnostic));
            }
        }

        foreach ((DiagnosticSeverity severity, int count) in counts.Where(pair => pair.Value > most))
        {
            string what = $"more {(severity == DiagnosticSeverity.Error ? "error" : "warning")}{(count == most + 1 ? "" : "s")}";
            context.Error.Write(string.Create(CultureInfo.InvariantCulture, $"and {count - most:N0} {what}; a file or a pipe gets all of them: 2>FILE\n"));
        }
    }

    /// <summary>
    /// Prints what was held back for <c>--json</c>, at the end of a run or of one of its rounds: as JSON to standard output, where
    /// there is no other result and the exit code says that something is wrong.
    /// </summary>
    public void Complete(ExitCode exitCode)
    {
        (IReadOnlyList<FaultJson> faults, string text, bool areResult) = context.Messages.Take(exitCode);
        try
        {
            context.Output.Write(areResult ? JsonText.Of(faults, FaultJsonContext.Default.IReadOnlyListFaultJson) : "");
        }
        catch (IOException)
        {
            areResult = false;
        }

        context.Error.Write(areResult ? "" : text);
    }

    private void Message(FaultJson fault, Func<string, string> styled)
    {
        string line = $"{styled(fault.Severity)}: {fault.Message}";
        Print(fault, fault.Hint is null ? line : $"{line}\n  hint: {fault.Hint}");
    }

    private void Print(FaultJson fault, string text)
    {
        if (context.Messages.IsJson)
        {
            context.Messages.Hold(fault, EndingALine(text));
        }
        else
        {
            context.Error.Write(EndingALine(text));
        }
    }

    private static string EndingALine(string text) => text.EndsWith('\n') ? text : text + "\n";
}
