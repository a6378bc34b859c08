using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Rollouts;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Pages;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>rollout OLD [NEW]</c>: in which order the parties can be changed, so that no connection breaks in between.</summary>
internal sealed class RolloutCommand(CommandSyntax syntax) : Command
{
    private static readonly TimeSpan _soon = TimeSpan.FromDays(7);

    private readonly CommandArgument _file = syntax.Required("OLD", "the scenario that is; alone, the one to which its folder is to be brought", Completion.ScenarioFile);
    private readonly CommandArgument _new = syntax.Optional("NEW", "the scenario that is to be", Completion.ScenarioFile);
    private readonly CommandOption _folder = syntax.Folder("what is now lies in this folder; by default it is made in memory or, without NEW, lies in ./NAME");
    private readonly StackOptions _stacks = new(syntax);
    private readonly RenewalOptions _renewal = new(syntax);
    private readonly CommandOption _programs = syntax.Values("--for <PROGRAM>", "say how the program of a party takes up what is new, as bob=nginx; several times");
    private readonly CommandOption _steps = syntax.Value("--steps <DIR>", "where there is no order, write the layouts in between into this empty folder", Completion.Folder);
    private readonly OutputOption _page = syntax.Output("--html <FILE>", "also write the result to FILE as a page, with the waves drawn");
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("rollout old.yaml new.yaml", "in which order to change the parties from one to the other"),
        new("rollout amy-bob.yaml", "from what is in ./amy-bob to what apply would make of it"),
        new("rollout old.yaml new.yaml -d certs --for bob=nginx", "from what is in certs, and how nginx takes it up"),
        new("rollout old.yaml new.yaml --steps steps", "where there is no order: steps/1-widen.yaml and so on"),
        new("rollout old.yaml new.yaml --html rollout.html", "also as a page, for who carries it out"),
        new("rollout amy-bob.yaml --new-key ca", "what a new key of the authority would break"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "Keys are kept as apply keeps them. Of each connection whose both ends change, the two states in which one end is changed and the "
        + "other is not are tried by handshakes, as test tries them; what is accepted before and after must be so in between, and what is "
        + "rejected must stay so. The parties of a wave can be changed in any order. The exit code is 1 where there is no order, or where one of "
        + "the two layouts does not hold by itself, and 3 where something could not be tried. Without NEW, what the files do not tell of the "
        + "layout before (admits, tlsMin) counts as unchanged.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_stacks.Fault() is { } wrong)
        {
            return context.Report.Fail(ExitCode.Usage, wrong.Message, wrong.Hint);
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } old)
        {
            return ExitCode.Usage;
        }

        Scenario? read = _new.Value is { } file ? await ScenarioFile.LoadAsync(context, file, cancellationToken).ConfigureAwait(false) : old;
        if (read is not { } made || ReadPrograms(context, made) is not { } programs)
        {
            return ExitCode.Usage;
        }

        if ((_renewal.Fault(Planner.For(made)) ?? StepsFault(context)) is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        ReconciliationOptions options = _renewal.Read(context, passwords: null);
        DateTimeOffset now = context.Time.GetUtcNow();
        string? folder = _folder.Value() ?? (_new.Value is null ? CertificateFolder.Named(null, old) : null);
        using LayoutState before = Before(context, old, folder, now, cancellationToken);
        using LayoutState after = before.Then(
            made, _new.Value is null ? null : new FolderReader(context.Resolve(CertificateFolder.Named(null, made))), options, now, cancellationToken);
        var finder = new StackSelector(context);
        await using ConfiguredAsyncDisposable ended = finder.ConfigureAwait(false);
        StackSelection selection = await finder.FindAsync(_stacks.Read(), cancellationToken).ConfigureAwait(false);
        var rollout = new Rollout(before, after, selection.Choices);
        RolloutResult result = await ProgressBar.ShowAsync(context, "handshakes", rollout.Count, done => rollout.RunAsync(done, cancellationToken)).ConfigureAwait(false);
        var report = new RolloutReport(result, [], [], programs) { From = folder is null ? _file.Value! : $"what is in {folder}", To = _new.Value ?? _file.Value! };
        if (result.Verdict == RolloutVerdict.NoOrder)
        {
            report = await WithStepsAsync(context, report, (before, after), new RolloutSteps(before, after, selection.Choices, options, now), cancellationToken).ConfigureAwait(false);
        }

        string text = _json.HasValue() ? JsonText.Of(RolloutJson.Of(report), RolloutJsonContext.Default.RolloutJson) : RolloutText.Of(report);
        if (_page.File is not null)
        {
            await _page.WriteAsync(context, RolloutPage.Write(report, now), cancellationToken).ConfigureAwait(false);
        }

        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return Conclude(context, result, now);
    }

    private LayoutState Before(ToolContext context, Scenario old, string? folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            return LayoutState.Of(old, new FolderReader(context.Resolve(CertificateFolder.Named(null, old))), now, cancellationToken);
        }

        string root = context.Resolve(folder);
        return new FolderReader(root).Exists
            ? LayoutState.Deployed(old, root)
            : throw new EnvironmentException($"there is no folder {VisibleText.Of(folder)}", $"make it: {new ScenarioPlace(_file.Value!, _folder.Value()).Command("apply")}");
    }

    /// <summary>Looks for layouts in between, and writes them where that was asked for.</summary>
    private async Task<RolloutReport> WithStepsAsync(
        ToolContext context, RolloutReport report, (LayoutState Before, LayoutState After) layouts, RolloutSteps steps, CancellationToken cancellationToken)
    {
        report = report with { Replaced = steps.ReplacedAuthorities };
        if (!report.Replaced.IsEmpty)
        {
            return report;
        }

        if (_new.Value is null)
        {
            // The scenario that there was is not there, so the steps start from what the files say of it.
            (Scenario? deployed, ImmutableArray<string> reasons) = DeployedScenario.Of(layouts.Before, layouts.After);
            if (deployed is null)
            {
                return report with { NoSteps = reasons };
            }

            steps.From = deployed;
        }

        report = report with { Steps = await steps.FindAsync(report.Result, cancellationToken).ConfigureAwait(false) };
        if (_steps.Value() is not { } folder || report.Steps.IsEmpty)
        {
            return report;
        }

        Directory.CreateDirectory(context.Resolve(folder));
        string[] files = [.. report.Steps.Select((step, index) => Path.Combine(folder, $"{index + 1}-{step.Word}.yaml"))];
        foreach ((string path, RolloutStep step) in files.Zip(report.Steps))
        {
            string text = ReferenceEquals(step, report.Steps[^1])
                ? await File.ReadAllTextAsync(context.Resolve(_new.Value ?? _file.Value!), cancellationToken).ConfigureAwait(false)
                : ScenarioText.Of(step.Scenario);
            await TextFile.WriteAsync(context.Resolve(path), text, cancellationToken).ConfigureAwait(false);
        }

        return report with { Files = [.. files] };
    }

    private static ExitCode Conclude(ToolContext context, RolloutResult result, DateTimeOffset now)
    {
        foreach (PartyChange change in result.Changes.Where(change => change.Ends < now + _soon))
        {
            context.Report.Warning($"the certificate that {VisibleText.Of(change.Party)} has now ends at {TimeText.Of(change.Ends!.Value)}: be done before");
        }

        switch (result.Verdict)
        {
            case RolloutVerdict.Ordered:
                return ExitCode.Success;
            case RolloutVerdict.Undecided:
                context.Report.Error("something could not be tried, so nothing is known of the order", "the result says what, and why");
                return ExitCode.Environment;
            default:
                return ExitCode.CheckFailed;
        }
    }

    private UsageFault? StepsFault(ToolContext context) => (_steps.Value(), _new.Value, _file.Value) switch
    {
        (null, _, _) => null,
        (_, "-", _) or (_, null, "-") => new UsageFault("--steps needs a file for the scenario that is to be", "it becomes the last step"),
        ({ } folder, _, _) when new FolderReader(context.Resolve(folder)).Names().Any() =>
            new UsageFault($"{VisibleText.Of(folder)} is not empty", "name an empty folder, or one that is not there yet"),
        _ => null,
    };

    private ImmutableDictionary<string, ConfigProgram>? ReadPrograms(ToolContext context, Scenario scenario)
    {
        var programs = ImmutableDictionary.CreateBuilder<string, ConfigProgram>(StringComparer.Ordinal);
        foreach (string said in _programs.Values.OfType<string>())
        {
            string[] parts = said.Split('=', 2);
            if (parts.Length < 2 || scenario.Parties.All(party => party.Name != parts[0]))
            {
                context.Report.Error($"--for {VisibleText.Quoted(said)} names no party of {scenario.Name}", "one is --for bob=nginx");
                return null;
            }

            if (ConfigPrograms.All.FirstOrDefault(entry => entry.Word == parts[1]) is not { } entry)
            {
                context.Report.Error($"--for {VisibleText.Quoted(said)} names no program", DidYouMean.OneOf([.. ConfigPrograms.All.Select(known => known.Word)], parts[1]));
                return null;
            }

            programs[parts[0]] = entry.Program;
        }

        return programs.ToImmutable();
    }
}
