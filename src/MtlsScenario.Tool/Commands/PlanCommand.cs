using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.X509;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>plan FILE</c>: what <c>apply</c> would do, and why.</summary>
internal sealed class PlanCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _folder = syntax.Folder("the folder of the certificates; by default ./NAME");
    private readonly CommandOption _check = syntax.Flag("--check", "exit with 1 if there is anything to do, or awaited");
    private readonly DurationOption _within = syntax.Duration(
        "--within <TIME>", "name what ends within TIME, such as 30d; with --check that is exit code 1 too");

    private readonly RenewalOptions _renewal = new(syntax);
    private readonly SeedOptions _seed = new(syntax);
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("plan amy-bob.yaml", "what apply would do in ./amy-bob"),
        new("plan amy-bob.yaml -d certs --check", "fail, in CI, if certs is not in step"),
        new("plan amy-bob.yaml --check --within 30d", "fail, in a nightly job, if anything ends within a month"),
        new("plan amy-bob.yaml --new-key ca", "what a new key of the authority would lead to"),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        string folder = CertificateFolder.Named(_folder.Value(), scenario);
        var reader = new FolderReader(context.Resolve(folder));

        // Where no folder is, there is no signature to be checked.
        using CryptographyLoader? cryptography = reader.Exists ? new() : null;
        if (_seed.TryPlan(context, scenario, reader, out PlannedScenario? seeded) is { } unseeded)
        {
            return context.Report.Fail(ExitCode.Usage, unseeded.Message, unseeded.Hint);
        }

        using PlannedScenario planned = seeded!;
        Plan plan = planned.Plan;
        if (_renewal.Fault(plan) is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        using var passwords = new StorePasswords(ScenarioFile.FolderOf(context, _file.Value!), context.Environment);
        ReconciliationOptions options = _renewal.Read(context, passwords) with { Seed = planned.Seed };
        Reconciliation reconciliation = Reconciler.Run(plan, reader, options, planned.Now, cancellationToken);
        IReadOnlyList<Ending>? endings = _within.Value is { } within
            ? Ending.Within(plan, reader, reconciliation.Now, within, cancellationToken)
            : null;
        var report = new ChangeReport(context, reconciliation, folder) { Place = new ScenarioPlace(_file.Value!, _folder.Value()) { Options = _seed.Words }, Endings = endings };
        string text = _json.HasValue() ? report.Json() : report.Text(isDone: false, _output.Columns(context));
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        report.Remarks();
        Action warn = await new BreakageWarning(context, planned, report.Place).FindAsync(
            reconciliation,
            options,
            $"{new ScenarioPlace(_file.Value!, _folder.Value()).Command("rollout", _renewal.Words)} says in which order to change the parties",
            cancellationToken).ConfigureAwait(false);
        warn();
        if (!reconciliation.Obstacles.IsEmpty)
        {
            return ExitCode.Environment;
        }

        return _check.HasValue() && (reconciliation.HasWork || !reconciliation.Awaited.IsEmpty || endings?.Count > 0) ? ExitCode.CheckFailed : ExitCode.Success;
    }
}
