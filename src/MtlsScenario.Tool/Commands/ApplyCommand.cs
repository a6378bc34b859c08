using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Files;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Engines;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>apply FILE</c>: makes what the scenario describes, and keeps it in step.</summary>
internal sealed class ApplyCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _folder = syntax.Folder("the folder of the certificates; by default ./NAME");
    private readonly RenewalOptions _renewal = new(syntax);
    private readonly ChoiceOption<bool> _openSsl = syntax.Choice(
        "--engine <ENGINE>", "who issues", ("native", false), ("openssl", true));

    private readonly SeedOptions _seed = new(syntax);
    private readonly ChangeHook _hook = new(syntax);
    private readonly CommandOption _json = syntax.Json();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("apply amy-bob.yaml", "make the keys and certificates, or bring them in step, in ./amy-bob"),
        new("apply amy-bob.yaml -d certs --renew", "new certificates for the keys that are there"),
        new("apply amy-bob.yaml --new-key bob_server", "a new key for Bob's server; the old one is put aside"),
        new("apply amy-bob.yaml --on-change 'nginx -s reload'", "tell a server, where anything has changed"),
        new("apply amy-bob.yaml --engine openssl", "the same, issued by the openssl of this machine"),
        new("apply amy-bob.yaml --insecure-seed seed --epoch 2026-01-01T00:00:00Z", "the same bytes every time, for tests alone"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "A certificate is made again when it differs from the scenario, when its issuer's key or name changed, when it is "
        + "missing or due. A key is kept, and one that is replaced is first put aside. What belongs to nobody in the scenario "
        + "is left alone.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        string folder = CertificateFolder.Named(_folder.Value(), scenario);
        string root = context.Resolve(folder);
        var reader = new FolderReader(root);
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

        OpenSslEngine? engine = _openSsl.Or(false)
            ? await OpenSslEngine.FindAsync(context, cancellationToken).ConfigureAwait(false)
            : null;
        if (engine is not null && ScriptWriter.Obstacle(plan, new ScriptOptions { Seeded = planned.Script }, engine.Version) is { } cannot)
        {
            return context.Report.Fail(ExitCode.Environment, cannot, "OPENSSL=PROGRAM names another openssl");
        }

        var writer = new FolderWriter(root, plan);
        using FolderLock taken = FolderLock.Take(root);
        writer.DeleteLeftovers(plan);
        using var passwords = new StorePasswords(ScenarioFile.FolderOf(context, _file.Value!), context.Environment);
        ReconciliationOptions options = _renewal.Read(context, passwords) with { Seed = planned.Seed };
        Reconciliation reconciliation = Reconciler.Run(plan, reader, options, planned.Now, cancellationToken);
        var report = new ChangeReport(context, reconciliation, folder) { Place = new ScenarioPlace(_file.Value!, _folder.Value()) { Options = _seed.Words } };
        if (!reconciliation.Obstacles.IsEmpty)
        {
            writer.Withdraw();
            if (_json.HasValue())
            {
                context.Report.Result(report.Json());
            }

            report.Remarks();
            return ExitCode.Environment;
        }

        Action warn = await new BreakageWarning(context, planned, report.Place).FindAsync(
            reconciliation,
            options,
            $"{new ScenarioPlace("BEFORE.yaml", null).Command("rollout", [_file.Value!, .. _renewal.Words])}, from what the scenario was before, says in which order to change the parties",
            cancellationToken).ConfigureAwait(false);
        if (reconciliation.HasWork)
        {
            if (engine is null)
            {
                using var artifacts = new NativeArtifacts(reader, reconciliation);
                report.Done = await ProgressBar.ShowAsync(
                    context,
                    "certificates",
                    reconciliation.Changes.Count(change => change.HasWork),
                    done => new FolderUpdater(reader, writer, artifacts, _ => done()).Run(reconciliation, cancellationToken))
                    .ConfigureAwait(false);
            }
            else
            {
                using ScriptedArtifacts artifacts = await ScriptedArtifacts
                    .MakeAsync(reconciliation, root, engine, planned.Script, cancellationToken).ConfigureAwait(false);
                report.Done = new FolderUpdater(reader, writer, artifacts).Run(reconciliation, cancellationToken);
            }
        }

        if (_json.HasValue())
        {
            context.Report.Result(report.Json());
        }
        else
        {
            context.Report.Outcome(report.Text(isDone: true, context.Columns));
        }

        report.Remarks();
        warn();

        // All is done here; the command may want to apply something itself.
        taken.Dispose();
        return await _hook.RunAsync(context, reconciliation, cancellationToken).ConfigureAwait(false);
    }
}
