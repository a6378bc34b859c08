using System.ComponentModel;
using System.Globalization;
using CliWrap;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Reconciling;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>--on-change COMMAND</c>: what a shell runs when files were changed, such as the reload of a server.</summary>
internal sealed class ChangeHook(CommandSyntax syntax)
{
    /// <summary>The variable that tells the command which certificates have changed files: their stems, with blanks between.</summary>
    public const string Variable = "MTLS_SCENARIO_CHANGED";

    private readonly CommandOption _command = syntax.Value(
        "--on-change <COMMAND>", $"run COMMAND by sh -c when files were changed; {Variable} has the stems");

    /// <summary>Runs it, once, where there was anything to do. What it prints goes to standard error.</summary>
    /// <returns>Success, or that it failed; the files stay in any case.</returns>
    public async Task<ExitCode> RunAsync(ToolContext context, Reconciliation done, CancellationToken cancellationToken)
    {
        if (_command.Value() is not { } command || !done.HasWork)
        {
            return ExitCode.Success;
        }

        PipeTarget said = PipeTarget.ToDelegate(context.Error.WriteLine);
        try
        {
            CommandResult result = await UserCommand.Of(context, command)
                .WithEnvironmentVariables(variables => variables.Set(Variable, string.Join(' ', StemsOf(done))))
                .WithStandardOutputPipe(said)
                .WithStandardErrorPipe(said)
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            return result.ExitCode == 0
                ? ExitCode.Success
                : context.Report.Fail(
                    ExitCode.CheckFailed,
                    string.Create(CultureInfo.InvariantCulture, $"the command of --on-change ended with {result.ExitCode}"),
                    "the files are as they should be; nothing was taken back");
        }
        catch (Win32Exception)
        {
            return context.Report.Fail(ExitCode.CheckFailed, "there is no shell that runs as sh, so --on-change could not be run");
        }
    }

    private static IEnumerable<string> StemsOf(Reconciliation done) => done.Changes.Where(change => change.HasWork).Select(change => change.Stem)
        .Concat(done.FinalChanges.Select(final => done.Plan[final.Step.Stem].Member(final.Number).Stem))
        .Distinct(StringComparer.Ordinal);
}
