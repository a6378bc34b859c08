using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>test FILE</c>: who gets through to whom, by real handshakes.</summary>
internal sealed class TestCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _folder = syntax.Folder("try the files in this folder, whoever made them; by default what would be issued, in memory");
    private readonly StackOptions _stacks = new(syntax);
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("test amy-bob.yaml", "try all connections, in memory, with .NET at both ends"),
        new("test amy-bob.yaml -d amy-bob --stack all", "the certificates in amy-bob, with every stack that is installed"),
        new("test amy-bob.yaml --client curl --server nginx", "curl calls nginx"),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_stacks.Fault() is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        StackSelection selection = await new StackFinder(context).FindAsync(_stacks.Read(), cancellationToken).ConfigureAwait(false);
        TrialReport report = await ProgressBar.ShowAsync(
            context,
            "handshakes",
            ScenarioTrials.Count(scenario, selection),
            done => new ScenarioTrials(context).RunAsync(scenario, _folder.Value(), selection, done, cancellationToken)).ConfigureAwait(false);
        string text = _json.HasValue()
            ? JsonText.Of(TrialsJson.Of(report), TrialsJsonContext.Default.TrialsJson)
            : TrialTable.Of(report, coloured: _output.File is null && context.HasColour(context.OutputIsTerminal));
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return report.ExitCode;
    }
}
