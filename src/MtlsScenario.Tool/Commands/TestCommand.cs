using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>test FILE</c>: who gets through to whom, by real handshakes.</summary>
internal sealed class TestCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _folder = syntax.Folder("try the files in this folder, whoever made them; by default what would be issued");
    private readonly StackOptions _stacks = new(syntax);
    private readonly CommandOption _watch = syntax.Flag("--watch", "try again whenever the scenario, or a certificate in DIR, changes");
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _junit = syntax.Output("--junit <FILE>", "also write the result to FILE in JUnit's XML, for CI");
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("test amy-bob.yaml", "all connections, in memory, with .NET at both ends"),
        new("test amy-bob.yaml -d amy-bob --stack all", "the certificates in amy-bob, with every stack that is installed"),
        new("test amy-bob.yaml --client curl --server nginx", "curl calls nginx"),
        new("test amy-bob.yaml --stack openssl --stack node --junit results.xml", "two stacks, and a file for the CI server"),
        new("test amy-bob.yaml --watch", "again whenever amy-bob.yaml changes, until Ctrl-C"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "Each connection is a handshake of its own on TLS 1.2 and 1.3, or as the scenario says. Either end has its own key, "
        + "chain and trust anchors and nothing of the machine's, and the verdict is taken from both. The exit code is 1 where "
        + "anything ended otherwise than the scenario expects: in another way, by the other side or for another reason. A "
        + "connection that a stack cannot play is not tried, and never passed: without --stack, --client and --server an "
        + "installed openssl takes the place of .NET there, and the exit code is 3 where none could.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_stacks.Fault() is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        if (!_watch.HasValue())
        {
            return await RunOnceAsync(context, _ => { }, cancellationToken).ConfigureAwait(false);
        }

        return _file.Value == "-"
            ? context.Report.Fail(ExitCode.Usage, "--watch needs a file", "standard input is read once")
            : await RunAgainAsync(context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExitCode> RunAgainAsync(ToolContext context, CancellationToken cancellationToken)
    {
        var watch = new ScenarioWatch(context, _file.Value!, _folder.Value());
        try
        {
            while (true)
            {
                watch.Remember();
                ExitCode exitCode;
                try
                {
                    exitCode = await RunOnceAsync(context, watch.LookAt, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is EnvironmentException or IOException or UnauthorizedAccessException)
                {
                    exitCode = Failure.Report(exception, context, cancellationToken);
                }

                context.Report.Complete(exitCode);
                context.Report.Note($"\nwaiting for {VisibleText.Of(_file.Value!)} to change; Ctrl-C ends this");
                await watch.UntilChangedAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it is meant to end.
            return ExitCode.Success;
        }
    }

    private async Task<ExitCode> RunOnceAsync(ToolContext context, Action<Scenario> isRead, CancellationToken cancellationToken)
    {
        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        isRead(scenario);
        if (scenario.Connections.IsEmpty)
        {
            return context.Report.Fail(
                ExitCode.Usage, $"{scenario.Name} has no connections, so there is nothing to try", "say who must get through to whom, as: connections: [amy -> bob]");
        }

        DateTimeOffset started = context.Time.GetUtcNow();
        StackSelection selection = await new StackFinder(context).FindAsync(_stacks.Read(), cancellationToken).ConfigureAwait(false);
        TrialReport report = await ProgressBar.ShowAsync(
            context,
            "handshakes",
            ScenarioTrials.Count(scenario, selection),
            done => new ScenarioTrials(context, _file.Value).RunAsync(scenario, _folder.Value(), selection, done, cancellationToken)).ConfigureAwait(false);
        await PrintAsync(context, report, started, cancellationToken).ConfigureAwait(false);
        return report.ExitCode;
    }

    private async Task PrintAsync(ToolContext context, TrialReport report, DateTimeOffset started, CancellationToken cancellationToken)
    {
        if (_junit.File is not null)
        {
            await _junit.WriteAsync(context, JUnitText.Of(report, started), cancellationToken).ConfigureAwait(false);
        }

        string text = _json.HasValue()
            ? JsonText.Of(TrialsJson.Of(report), TrialsJsonContext.Default.TrialsJson)
            : TrialTable.Of(report, coloured: _output.File is null && context.HasColour(context.OutputIsTerminal), _output.Columns(context));
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        if (!report.Untried.IsEmpty)
        {
            context.Report.Error(
                $"of {report.Untried.Length} handshakes nothing is known: they could not be tried", "the result says why, for each");
        }
    }
}
