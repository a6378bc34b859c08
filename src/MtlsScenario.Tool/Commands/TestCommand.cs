using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Serving;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>test FILE</c>: who gets through to whom, by real handshakes.</summary>
internal sealed class TestCommand(CommandSyntax syntax) : Command
{
    /// <summary>How many connections are printed one by one, passed or not, without being asked for.</summary>
    private const int MostPrinted = 50;

    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _folder = syntax.Folder("try the files in this folder, whoever made them; by default ./NAME, where it holds any of the scenario");
    private readonly CommandOption _passwordFile = syntax.PasswordFile("its first line opens the p12 and trust.p12 of parties that have no key and certificate in PEM");
    private readonly CommandOption _issue = syntax.Flag("--issue", "try what would be issued, whatever ./NAME holds");
    private readonly StackOptions _stacks = new(syntax);
    private readonly SeedOptions _seed = new(syntax);
    private readonly AgainstOption _against = new(syntax);
    private readonly CommandOption _watch = syntax.Flag("--watch", "try again whenever the scenario, or a certificate in its folder, changes");
    private readonly CommandOption _strict = syntax.Flag("--strict", "exit with 1 if the folder is not in step with the scenario");
    private readonly CommandOption _allTrials = syntax.Flag("--all-trials", "try all replicas that [*] names, also beyond 1,000,000 handshakes");
    private readonly CommandOption _verbose = syntax.Flag("-v|--verbose", "print every connection; beyond 50 those that passed are left out");
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _junit = syntax.Output("--junit <FILE>", "also write the result to FILE in JUnit's XML, for CI");
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("test amy-bob.yaml", "all connections, with the certificates in ./amy-bob or what would be issued, in .NET"),
        new("test amy-bob.yaml --issue", "what would be issued, whatever is in ./amy-bob"),
        new("test amy-bob.yaml -d certs --strict --stack all", "the certificates in certs, which must be in step, with all that is installed"),
        new("test amy-bob.yaml --client curl --server nginx", "curl calls nginx"),
        new("test amy-bob.yaml --stack openssl --stack node --junit results.xml", "two stacks, and a file for the CI server"),
        new("test amy-bob.yaml --against bob=localhost:8443", "whether the server that runs there keeps to what is expected of Bob"),
        new("test amy-bob.yaml --watch", "again whenever amy-bob.yaml changes, until Ctrl-C"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "Each connection is a handshake of its own on TLS 1.2 and 1.3, or as the scenario says. Either end has its own key, "
        + "chain and trust anchors and nothing of the machine's, and the verdict is taken from both. The exit code is 1 where "
        + "anything ended otherwise than the scenario expects: in another way or for another reason, or before the end that is "
        + "to reject did judge. A connection that a stack cannot play is not tried, and never passed: without --stack, --client and --server an "
        + "installed openssl takes the place of .NET there, and the exit code is 3 where none could.\n\n"
        + "With --against a party's end is a server that runs already: https, raw, postgres, mysql, redis, mqtt or amqp, by the port where no scheme is written. The callers' files are those of "
        + "the folder. Most servers do not say why they turn a client away: that passes for any reason, and an alert of another reason fails.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if ((_stacks.Fault() ?? _against.Fault(_stacks, _issue)) is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        if (_issue.HasValue() && _folder.HasValue())
        {
            return context.Report.Fail(ExitCode.Usage, "--issue and --dir exclude each other", "--issue tries no folder");
        }

        if (_issue.HasValue() && _passwordFile.HasValue())
        {
            return context.Report.Fail(ExitCode.Usage, "--issue and --password-file exclude each other", "--issue opens no store");
        }

        if (context.Quiet && _verbose.HasValue())
        {
            return context.Report.Fail(ExitCode.Usage, "--quiet and --verbose exclude each other");
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
        var watch = new ScenarioWatch(context, _file.Value!);
        try
        {
            while (true)
            {
                watch.Remember();
                ExitCode exitCode;
                try
                {
                    exitCode = await RunOnceAsync(context, scenario => watch.LookAt(scenario, Watched(scenario)), cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is EnvironmentException or IOException or UnauthorizedAccessException)
                {
                    exitCode = ExceptionExit.Report(exception, context, cancellationToken);
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

    /// <summary>The folder whose files are watched: also one that is not there yet, for apply may make it meanwhile.</summary>
    private string? Watched(Scenario scenario) => _issue.HasValue() ? null : CertificateFolder.Named(_folder.Value(), scenario);

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

        RunningServers? running = _against.IsWanted ? await _against.ReadAsync(context, scenario, cancellationToken).ConfigureAwait(false) : null;
        if (_against.IsWanted && running is null)
        {
            return ExitCode.Usage;
        }

        var provided = new FolderReader(context.Resolve(CertificateFolder.Named(_folder.Value(), scenario)));
        if (_seed.TryPlan(context, scenario, provided, out PlannedScenario? seeded) is { } unseeded)
        {
            return context.Report.Fail(ExitCode.Usage, unseeded.Message, unseeded.Hint);
        }

        using PlannedScenario planned = seeded!;
        scenario = planned.Scenario;
        var trials = TrialSet.Of(running?.Of(scenario) ?? scenario, _allTrials.HasValue());
        var folder = new TriedFolder(context, planned);
        string? tried = _issue.HasValue() ? null : running is null ? folder.Find(_folder.Value()) : CertificateFolder.Named(_folder.Value(), scenario);
        DateTimeOffset started = context.Time.GetUtcNow();
        var finder = new StackSelector(context);
        await using ConfiguredAsyncDisposable ended = finder.ConfigureAwait(false);
        StackSelection selection = running?.Selection ?? await finder.FindAsync(_stacks.Read(), cancellationToken).ConfigureAwait(false);
        if (trials.Count > Array.MaxLength / Math.Max(selection.Choices.Length, 1))
        {
            return context.Report.Fail(
                ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"{trials.Count:N0} handshakes are more than one run can hold"),
                "leave out --all-trials, or name replicas by their numbers");
        }

        using StorePasswordOrder? passwords = tried is null ? null : new(context, new ScenarioPlace(_file.Value!, tried), _passwordFile.Value());
        if (passwords is not null)
        {
            await passwords.FindAsync(scenario, trials.Trials.SelectMany(trial => running is null ? (TrialEnd[])[trial.Client, trial.Server] : [trial.Client]), cancellationToken).ConfigureAwait(false);
        }

        TrialReport report = await ProgressBar.ShowAsync(
            context,
            "handshakes",
            trials.Count * selection.Choices.Length,
            done => new ScenarioTrials(context, _file.Value, passwords?.All) { Planned = planned }.RunAsync(trials, tried, selection, done, cancellationToken)).ConfigureAwait(false);
        await PrintAsync(context, report, started, cancellationToken).ConfigureAwait(false);
        return tried is not null && (running is null || _strict.HasValue()) && folder.Difference(tried, cancellationToken) is { } difference && !IsInStep(context, tried, difference)
            ? ExitCode.CheckFailed
            : report.ExitCode;
    }

    /// <summary>Warns that the folder is not in step, and says whether that may be.</summary>
    private bool IsInStep(ToolContext context, string folder, string difference)
    {
        string option = _folder.HasValue() ? $" -d {VisibleText.Of(folder)}" : "";
        string file = VisibleText.Of(_file.Value!);
        context.Report.Warning(
            $"{VisibleText.Of(folder)} is not in step with the scenario: {difference}",
            $"mtls-scenario plan {file}{option} says why; --issue tries what would be issued");
        return !_strict.HasValue();
    }

    private TrialTableExtent Extent(ToolContext context, TrialReport report) => this switch
    {
        _ when context.Quiet => TrialTableExtent.NotPassed,
        _ when !_verbose.HasValue() && report.ByConnection.Count() > MostPrinted => TrialTableExtent.NotPassedWithHint,
        _ => TrialTableExtent.All,
    };

    private async Task PrintAsync(ToolContext context, TrialReport report, DateTimeOffset started, CancellationToken cancellationToken)
    {
        if (_junit.File is not null)
        {
            await _junit.WriteAsync(context, TrialJUnit.Of(report, started), cancellationToken).ConfigureAwait(false);
        }

        string text = _json.HasValue()
            ? JsonText.Of(TrialsJson.Of(report), TrialsJsonContext.Default.TrialsJson)
            : TrialTable.Of(
                report, Extent(context, report), coloured: _output.File is null && Terminal.HasColour(context, context.OutputIsTerminal), _output.Columns(context));
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        if (!report.Untried.IsEmpty)
        {
            context.Report.Error(
                $"of {report.Untried.Length} handshakes nothing is known: they could not be tried", "the result says why, for each");
        }
    }
}
