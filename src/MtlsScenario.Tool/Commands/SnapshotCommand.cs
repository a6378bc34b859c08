using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Planning;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>snapshot FILE</c>: whether the layout is the one that was accepted.</summary>
internal sealed class SnapshotCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();

    private readonly CommandOption _folder =
        syntax.Folder("compare what is in this folder; by default what would be issued");

    private readonly CommandOption _accept = syntax.Flag("--accept", "take the layout as it is now");
    private readonly SeedOptions _seed = new(syntax);
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("snapshot amy-bob.yaml", "fail, in CI, if a change of the scenario changes the layout"),
        new("snapshot amy-bob.yaml -d certs", "the same of the certificates in certs"),
        new("snapshot amy-bob.yaml --accept", "take the layout as amy-bob.verified.txt"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "The layout is compared with NAME.verified.txt beside the scenario. Where they differ, NAME.received.txt "
        + "is written there. Random serial numbers and relative dates are said in words, so that they never differ.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        var files = new SnapshotFiles(context, _file.Value!, scenario.Name);
        if (_output.File is { } output && (OutputGuard.IsSame(context, output, files.Verified) || OutputGuard.IsSame(context, output, files.Received)))
        {
            return context.Report.Fail(ExitCode.Usage, $"--out: {VisibleText.Of(output)} is a file of the snapshot itself", "name another file");
        }

        var provided = new FolderReader(context.Resolve(CertificateFolder.Named(_folder.Value(), scenario)));
        if (_seed.TryPlan(context, scenario, provided, out PlannedScenario? seeded) is { } unseeded)
        {
            return context.Report.Fail(ExitCode.Usage, unseeded.Message, unseeded.Hint);
        }

        using PlannedScenario planned = seeded!;
        string received = await Computation.RunAsync(scenario, () => Received(context, planned.Plan, cancellationToken), cancellationToken).ConfigureAwait(false);
        string? verified = await files.ReadAsync(cancellationToken).ConfigureAwait(false);
        bool isSame = string.Equals(received, verified, StringComparison.Ordinal);
        bool accepts = _accept.HasValue() && !isSame;
        if (isSame || accepts)
        {
            await files.AcceptAsync(accepts ? received : null, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await files.RejectAsync(received, cancellationToken).ConfigureAwait(false);
        }

        var result = new SnapshotJson(
            scenario.Name,
            files.Verified,
            isSame,
            accepts,
            isSame ? [] : await Computation.RunAsync(scenario, () => LineDifference.Around(LineDifference.Lines(verified ?? "", received)), cancellationToken).ConfigureAwait(false));
        if (_json.HasValue())
        {
            string json = JsonText.Of(result, SnapshotJsonContext.Default.SnapshotJson);
            await _output.WriteAsync(context, json, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ReportAsync(context, result, files, verified is null, cancellationToken).ConfigureAwait(false);
        }

        return isSame || accepts ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private string Received(ToolContext context, Plan plan, CancellationToken cancellationToken)
    {
        if (_folder.Value() is not { } folder)
        {
            return LayoutText.Snapshot(PlannedLayout.Of(plan));
        }

        var reader = new FolderReader(context.Resolve(folder));
        return reader.Exists
            ? LayoutText.Snapshot(FoundLayout.InWordsOfPlan(plan, reader, cancellationToken))
            : throw new EnvironmentException(
                $"there is no folder {VisibleText.Of(folder)}", $"make it: {new ScenarioPlace(_file.Value!, folder).Command("apply")}");
    }

    private async Task ReportAsync(
        ToolContext context, SnapshotJson result, SnapshotFiles files, bool isNew, CancellationToken cancellationToken)
    {
        string verified = VisibleText.Of(files.Verified);
        if (result.Same)
        {
            context.Report.Outcome($"{verified}: as accepted");
            return;
        }

        if (result.Accepted)
        {
            context.Report.Outcome($"{verified}: {(isNew ? "accepted" : "the new layout is accepted")}");
            return;
        }

        string title = isNew ? $"{verified}: not there yet" : $"{verified}: the layout differs";
        await _output.WriteAsync(
            context,
            string.Join('\n', [title, .. result.Difference.Select(VisibleText.Of), ""]),
            cancellationToken).ConfigureAwait(false);
        context.Report.Note($"received: {VisibleText.Of(files.Received)}; {new ScenarioPlace(_file.Value!, _folder.Value()).Command("snapshot", "--accept")} takes it");
    }
}
