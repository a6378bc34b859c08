using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>config FILE PARTY --for PROGRAM</c>: what one pastes to use the certificates.</summary>
internal sealed class ConfigCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly PartyArgument _party = new(syntax);
    private readonly ChoiceOption<ConfigProgram> _program = syntax.Choice("--for <PROGRAM>", "the program", [.. ConfigPrograms.All.Select(entry => (entry.Word, entry.Program))]);
    private readonly ChoiceOption<Side> _role = syntax.Choice(
        "--role <ROLE>", "what the party is, where it and the program can be both", ("server", Side.Server), ("client", Side.Client));

    private readonly TargetChoice _target = new(syntax, "--url URL");
    private readonly CommandOption _url = syntax.Value("--url <URL>", "what a client calls, in place of what the scenario says");
    private readonly CommandOption _folder = syntax.Folder("goes before the files' names; by default they are in the folder that the program runs in");
    private readonly OutputOption _output = syntax.Output();
    private readonly CommandOption _json = syntax.Json();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("config amy-bob.yaml bob --for node -o amy-bob/app_bob.js", "the server of Bob; then, in amy-bob: node app_bob.js"),
        new("config amy-bob.yaml amy --for curl", "the command with which Amy calls him from amy-bob"),
        new("config amy-bob.yaml bob --for nginx -d /etc/nginx/amy-bob", "Bob as nginx, with files in that folder"),
        new("config amy-bob.yaml bob --for kestrel -o server", "appsettings.json and Program.cs in the folder server"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "A server demands the client's certificate, verifies it against the party's trust anchors, and enforces tlsMin and "
        + "admits. What a program cannot enforce is refused, with exit code 2. "
        + $"No admits: {ConfigPrograms.WordsOf(entry => entry.Admits == AdmissionSupport.None)}. "
        + $"By common names only: {ConfigPrograms.WordsOf(entry => entry.Admits is AdmissionSupport.CommonNames)}; and of callers that are "
        + $"parties of the scenario: {ConfigPrograms.WordsOf(entry => entry.Admits is AdmissionSupport.KnownNames or AdmissionSupport.KnownSubjects)}. "
        + $"Only roots as a server's trust anchors: {ConfigPrograms.WordsOf(entry => entry.RootsOnlyAs.Contains(Side.Server))}. "
        + $"CRLs (revocation: crl) up to a root only: {ConfigPrograms.WordsOf(entry => entry.Crls == RevocationReach.UpToRoots)}. Of the whole chain none: {ConfigPrograms.WordsOf(entry => entry.Crls == RevocationReach.None)}.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (!_program.HasValue)
        {
            return context.Report.Fail(ExitCode.Usage, "--for is missing", $"one of {string.Join(", ", ConfigPrograms.All.Select(entry => entry.Word))}");
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario
            || _party.Read(context, scenario) is not { } party
            || ReadSide(context, party) is not { } side
            || Write(context, scenario, party, side) is not { } outcome)
        {
            return ExitCode.Usage;
        }

        switch (outcome)
        {
            case ConfigOutcome.Written written:
                await PrintAsync(context, written.Files, (party, side), cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            case ConfigOutcome.Refused refused:
                return context.Report.Fail(ExitCode.Usage, refused.Why, refused.Hint);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private ConfigProgram Program => _program.Or(default);

    private string ProgramWord => ConfigPrograms.Of(Program).Word;

    /// <summary>The end that the party is; null where it cannot be told, which is reported.</summary>
    private Side? ReadSide(ToolContext context, PartyReference party)
    {
        ImmutableArray<Side> ofProgram = [.. new[] { Side.Server, Side.Client }.Where(side => ConfigPrograms.Of(Program).CanBe(side))];
        ImmutableArray<Side> possible =
        [
            .. ofProgram.Where(side => (side == Side.Server ? party.Party.Called : party.Party.Calling) is not null),
        ];
        if (_role.HasValue)
        {
            Side wanted = _role.Or(default);
            if (possible.Contains(wanted))
            {
                return wanted;
            }

            string who = ofProgram.Contains(wanted) ? party.ToString() : ProgramWord;
            context.Report.Error($"{who} is no {SideNames.NameOf(wanted)}");
            return null;
        }

        switch (possible)
        {
            case [var only]:
                return only;
            case []:
                context.Report.Error($"{ProgramWord} can be a {string.Join(" or ", ofProgram.Select(SideNames.NameOf))}, and {party} has no certificate for that");
                return null;
            default:
                context.Report.Error($"{party} can be a server and a client", "say which: --role server, or --role client");
                return null;
        }
    }

    private ConfigOutcome? Write(ToolContext context, Scenario scenario, PartyReference party, Side side)
    {
        var settings = new EndSettings(scenario, _folder.Value() ?? "");
        if (side == Side.Server)
        {
            return ConfigWriter.Server(Program, settings.Server(party)!, party.FileStem);
        }

        return _target.Read(context, scenario, party, _url.Value()) is { } target
            ? ConfigWriter.Client(Program, settings.Client(party, target)!, party.FileStem)
            : null;
    }

    private async Task PrintAsync(
        ToolContext context, ImmutableArray<ConfigFile> files, (PartyReference Party, Side Side) end, CancellationToken cancellationToken)
    {
        if (_json.HasValue())
        {
            var json = new ConfigJson(
                end.Party.ToString(), SideNames.NameOf(end.Side), ProgramWord, [.. files.Select(file => new ConfigFileJson(file.Name, file.Text))]);
            await _output.WriteAsync(context, JsonText.Of(json, ConfigJsonContext.Default.ConfigJson), cancellationToken).ConfigureAwait(false);
        }
        else if (files is [var only])
        {
            await _output.WriteAsync(context, only.Text, cancellationToken).ConfigureAwait(false);
        }
        else if (_output.File is { } folder && folder is not "-")
        {
            Directory.CreateDirectory(context.Resolve(folder));
            (string Path, string Text)[] places = [.. files.Select(file => (Path.Combine(context.Resolve(folder), file.Name), file.Text))];
            foreach ((string path, _) in places)
            {
                TextFile.RequireReplaceable(path);
            }

            foreach ((string path, string text) in places)
            {
                await TextFile.WriteAsync(path, text, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            context.Report.Result(string.Join("\n", files.Select(file => $"{file.Comment} {file.Name}\n{file.Text}")));
        }
    }
}
