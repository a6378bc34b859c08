using System.Collections.Immutable;
using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Importing;
using MtlsScenario.Stores;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Trials;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>import DIR</c>: a scenario for a folder that anybody made.</summary>
internal sealed class ImportCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _dir = syntax.Required("DIR", "the folder of keys and certificates, whoever made them", Completion.Folder);
    private readonly CommandOption _name = syntax.Value("--name <NAME>", "the scenario's name; by default the folder's");
    private readonly ChoiceOption<ConnectionChoice> _connect = syntax.Choice(
        "--connect <WHICH>",
        "which connections are tried, and written where they work; by default same-root",
        ("none", ConnectionChoice.None), ("same-root", ConnectionChoice.SameRoot), ("all", ConnectionChoice.All));

    private readonly CommandOption _passwordFile = syntax.PasswordFile("its first line opens stores and encrypted keys");
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("import /etc/easy-rsa/pki -o vpn.yaml", "then apply vpn.yaml -d /etc/easy-rsa/pki renews in the same places"),
        new("import certs -o certs.yaml --connect none", "without trying who gets through to whom"),
        new("import certs --password-file secret", "with what opens the stores in it"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "What others made differs from what apply would make, so it is adopted: it stays until it is due or --renew is said, and is "
        + "then renewed in the same place. No key is copied, moved or shown. In the end plan is run on the result: exit code 0 where "
        + "there is nothing to do, 1 where there is, 3 where something could not be read.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_json.HasValue() && _output.File is null)
        {
            return context.Report.Fail(ExitCode.Usage, "--json needs --out", "the scenario itself is a text");
        }

        string root = context.Resolve(_dir.Value!);
        if (!Directory.Exists(root))
        {
            throw new EnvironmentException($"there is no folder {VisibleText.Of(_dir.Value!)}") { File = _dir.Value };
        }

        using Password? said = new GivenPassword(context, _passwordFile.Value()).Said();
        using var wellKnown = Password.WellKnown();
        using var none = Password.Of([]);
        FolderContents contents = FolderContents.Read(root, said is null ? [wellKnown, none] : [said], cancellationToken);
        (IReadOnlyList<ImportedCertificate> authorities, IReadOnlyList<ImportedCertificate> parties) = await Computation.BesideAsync(
            () => FolderImporter.Import(contents), cancellationToken).ConfigureAwait(false);
        if (authorities.Count == 0)
        {
            ReportLeftOut(context, contents);
            return context.Report.Fail(ExitCode.Environment, $"in {VisibleText.Of(_dir.Value!)} there is no certificate of an authority that can be used");
        }

        string name = ImportedNames.Valid(_name.Value() ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(root)));
        name = name.Length == 0 ? "imported" : name;
        var import = new ImportedScenario(
            context, root, new ImportedText(name, _dir.Value!, authorities, parties), new ImportedConnections(authorities, parties));
        ImportResult result = await import.CompleteAsync(_connect.Or(ConnectionChoice.SameRoot), cancellationToken).ConfigureAwait(false);
        await _output.WriteAsync(context, result.Text, cancellationToken).ConfigureAwait(false);
        ReportLeftOut(context, contents);
        if (result.Reconciliation is not { } reconciliation)
        {
            context.Report.Diagnostics(result.Diagnostics);
            return ExitCode.CheckFailed;
        }

        string file = _output.File ?? $"{name}.yaml";
        var report = new ChangeReport(context, reconciliation, _dir.Value!) { Place = new ScenarioPlace(file, _dir.Value!) };
        if (_json.HasValue())
        {
            context.Report.Result(JsonText.Of(
                new ImportJson(
                    name,
                    _output.File!,
                    [.. authorities.Select(authority => authority.Stem)],
                    [.. parties.Select(party => party.Stem)],
                    [.. result.Connections],
                    [.. contents.Notes],
                    [.. contents.Unreadable],
                    ChangeJson.Of(reconciliation, _dir.Value!, null, obstacle => obstacle.Hint)),
                ImportJsonContext.Default.ImportJson));
        }
        else if (_output.File is { } written)
        {
            string count = string.Create(CultureInfo.InvariantCulture, $"authorities {authorities.Count}, certificates of parties {parties.Count}, connections {result.Connections.Count}");
            context.Report.Result($"{VisibleText.Of(written)}: {count}\n{report.Text(isDone: false, context.Columns)}");
        }

        report.Remarks();
        return contents.Unreadable.Count > 0 || (contents.IsClosed && said is not null) ? ExitCode.Environment
            : reconciliation.HasWork || !reconciliation.Obstacles.IsEmpty || !reconciliation.Awaited.IsEmpty ? ExitCode.CheckFailed
            : ExitCode.Success;
    }

    private static void ReportLeftOut(ToolContext context, FolderContents contents)
    {
        foreach (string note in contents.Notes)
        {
            context.Report.Note(VisibleText.Of(note));
        }

        if (contents.IsClosed)
        {
            context.Report.Warning("there is a store or an encrypted key that no password opened", GivenPassword.Hint);
        }

        foreach (string fault in contents.Unreadable)
        {
            context.Report.Error(VisibleText.Of(fault));
        }
    }
}
