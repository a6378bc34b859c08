using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Commands;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Shells;

namespace MtlsScenario.Tool;

/// <summary>Runs one command line: finds the command, reads its arguments, runs it, and turns what it throws into an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Runs and returns what the process is to exit with. Never throws.</summary>
    public static async Task<ExitCode> RunAsync(ToolContext context, string[] arguments, CancellationToken cancellationToken)
    {
        // Who asks for JSON reads JSON, also where the command line is wrong and there is no command to ask.
        context = context with { Messages = new MessageLog(isJson: arguments.Contains("--json")) };
        ExitCode exitCode = await FindAndRunAsync(context, arguments, cancellationToken).ConfigureAwait(false);
        context.Report.Complete(exitCode);
        return exitCode;
    }

    private static async Task<ExitCode> FindAndRunAsync(ToolContext context, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return arguments switch
            {
                [] => Unusable(context, new UsageFault("a command is missing", null)),
                ["-h" or "--help" or "help"] => Print(context, HelpText.For(context).OfTool()),
                ["--version"] => Print(context, $"mtls-scenario {ToolVersion.Text}"),
                ["help", string name] => await RunAsync(context, [name, "--help"], cancellationToken).ConfigureAwait(false),
                [CompletionOffers.Command, string kind, string file] =>
                    await CompletionOffers.PrintAsync(context, kind, file, cancellationToken).ConfigureAwait(false),
                [string name, .. string[] rest] => await RunAsync(context, name, rest, cancellationToken).ConfigureAwait(false),
            };
        }
#pragma warning disable CA1031 // The one place where exceptions end: everything becomes a message and an exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ExceptionExit.Report(exception, context, cancellationToken);
        }
    }

    private static async Task<ExitCode> RunAsync(
        ToolContext context, string name, string[] arguments, CancellationToken cancellationToken)
    {
        if (CommandCatalog.Find(name) is not { } entry)
        {
            string what = name.StartsWith('-') ? "option" : "command";
            string? nearest = NearestName.Find(
                name, CommandCatalog.Entries.Select(known => known.Name).Concat(["--help", "--version"]), leniency: 1);
            return Unusable(context, new UsageFault(
                $"unknown {what} {VisibleText.Quoted(name)}", nearest is null ? null : $"did you mean {nearest}?"));
        }

        using BoundCommand bound = new(entry);
        if (bound.Parse(arguments) is { } fault)
        {
            return Unusable(context, fault, entry.Name);
        }

        if (bound.WantsHelp)
        {
            return Print(context, HelpText.For(context).Of(bound));
        }

        if (bound.WantsVersion)
        {
            return Print(context, $"mtls-scenario {ToolVersion.Text}");
        }

        if (OutputFault.Find(context, bound.Syntax) is { } guarded)
        {
            return Unusable(context, guarded, entry.Name);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await bound.Command.RunAsync(context with { Quiet = bound.IsQuiet }, cancellationToken).ConfigureAwait(false);
    }

    private static ExitCode Print(ToolContext context, string text)
    {
        context.Report.Result(text);
        return ExitCode.Success;
    }

    private static ExitCode Unusable(ToolContext context, UsageFault fault, string? command = null)
    {
        string help = command is null ? "mtls-scenario --help" : $"mtls-scenario {command} --help";
        return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint ?? $"see {help}");
    }
}
