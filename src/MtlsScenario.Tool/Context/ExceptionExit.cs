using MtlsScenario.Diagnostics;
using MtlsScenario.Files;

namespace MtlsScenario.Tool.Context;

/// <summary>Translates what a command throws into a message and an exit code; the only place that does.</summary>
internal static class ExceptionExit
{
    /// <summary>Reports <paramref name="exception"/> and returns what the process is to exit with.</summary>
    public static ExitCode Report(Exception exception, ToolContext context, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                return context.Report.Fail(ExitCode.Cancelled, "cancelled");
            case AggregateException { InnerExceptions: [Exception first, ..] }:
                // Several threads met the same full disk; one word of it is enough.
                return Report(first, context, cancellationToken);
            case EnvironmentException environment:
                return context.Report.Fail(ExitCode.Environment, environment.Message, environment.Hint, environment.File);
            case FolderException folder:
                return context.Report.Fail(ExitCode.Environment, VisibleText.Of(folder.Message), folder.Hint);
            case IOException or UnauthorizedAccessException:
                return context.Report.Fail(ExitCode.Environment, VisibleText.Of(exception.Message.TrimEnd('.')));
            default:
                ExitCode bug = context.Report.Fail(
                    ExitCode.Bug,
                    $"a fault of mtls-scenario {ToolVersion.Text} itself: {VisibleText.Of(exception.Message)}",
                    "please report it, with the command line and the lines below; they hold no key");
                context.Error.Write($"{exception}\n");
                return bug;
        }
    }
}
