using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Handshakes;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Pages;
using MtlsScenario.Tool.Probing;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>report FILE</c>: all about the scenario as one HTML page.</summary>
internal sealed class ReportCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _folder =
        syntax.Folder("the folder of the scenario's certificates, whoever made them; by default ./NAME, where it exists");

    private readonly StackOptions _stacks = new(syntax);
    private readonly AgainstOption _against = new(syntax);
    private readonly SeedOptions _seed = new(syntax);
    private readonly CommandOption _noTest = syntax.Flag("--no-test", "leave out how connections end");
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("report amy-bob.yaml -o amy-bob.html", "of what is in ./amy-bob; if it does not exist, of what would be issued"),
        new("report amy-bob.yaml -d certs --stack all -o amy-bob.html", "the certificates in certs, tried with every stack that is installed"),
        new("report amy-bob.yaml --against bob=localhost:8443 -o amy-bob.html", "how connections to the server end that runs there"),
        new("report amy-bob.yaml --no-test > amy-bob.html", "without handshakes"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "The page needs no other file and no network, and holds no key. Connections are tried as test tries them; whether they end "
        + "as expected is on the page, and does not change the exit code.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (Fault(context) is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        RunningServers? running = _against.IsWanted ? await _against.ReadAsync(context, scenario, cancellationToken).ConfigureAwait(false) : null;
        if (_against.IsWanted && running is null)
        {
            return ExitCode.Usage;
        }

        string named = CertificateFolder.Named(_folder.Value(), scenario);
        var reader = new FolderReader(context.Resolve(named));
        if (_folder.HasValue() && !reader.Exists)
        {
            throw new EnvironmentException($"there is no folder {VisibleText.Of(named)}", $"make it: {new ScenarioPlace(_file.Value!, named).Command("apply")}");
        }

        if (_seed.TryPlan(context, scenario, reader, out PlannedScenario? seeded) is { } unseeded)
        {
            return context.Report.Fail(ExitCode.Usage, unseeded.Message, unseeded.Hint);
        }

        using PlannedScenario planned = seeded!;
        (scenario, Plan plan, _) = planned;
        string? folder = new TriedFolder(context, planned).Find(_folder.Value());
        context.Report.Note(folder is not null ? $"of what is in {VisibleText.Of(named)}"
            : reader.Exists ? $"in {VisibleText.Of(named)} is nothing of the scenario's; of what would be issued"
            : $"there is no {VisibleText.Of(named)}; of what would be issued");
        TrialReport? trials = _noTest.HasValue() ? null : await TryAsync(context, planned, running is null ? folder : named, running, cancellationToken).ConfigureAwait(false);
        string page = await Computation.RunAsync(
            scenario,
            () => ReportPage.Write(new ReportContent
            {
                Scenario = scenario,
                Plan = plan,
                Layout = folder is null ? PlannedLayout.Of(plan) : FoundLayout.AsItIs(plan, reader, cancellationToken),
                Trials = trials,
                File = _file.Value is "-" ? $"{scenario.Name}.yaml" : _file.Value!,
                Folder = folder,
                Now = context.Time.GetUtcNow(),
            }),
            cancellationToken).ConfigureAwait(false);
        await _output.WriteAsync(context, page, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private UsageFault? Fault(ToolContext context)
    {
        if (_noTest.HasValue() && (!_stacks.Read().IsDefault || _against.IsWanted))
        {
            return new UsageFault("--no-test excludes --stack, --client, --server and --against", "they say what plays in the test");
        }

        return context.OutputIsTerminal && _output.File is null
            ? new UsageFault("the page is for a browser, not for a terminal", "write it to a file: -o FILE.html; -o - prints it all the same")
            : _stacks.Fault() ?? _against.Fault(_stacks);
    }

    private async Task<TrialReport> TryAsync(ToolContext context, PlannedScenario planned, string? folder, RunningServers? running, CancellationToken cancellationToken)
    {
        var finder = new StackSelector(context);
        await using ConfiguredAsyncDisposable ended = finder.ConfigureAwait(false);
        StackSelection selection = running?.Selection ?? await finder.FindAsync(_stacks.Read(), cancellationToken).ConfigureAwait(false);
        var trials = TrialSet.Of(running?.Of(planned.Scenario) ?? planned.Scenario);
        return await ProgressBar.ShowAsync(
            context,
            "handshakes",
            trials.Count * selection.Choices.Length,
            done => new ScenarioTrials(context, _file.Value) { Planned = planned }.RunAsync(trials, folder, selection, done, cancellationToken)).ConfigureAwait(false);
    }
}
