using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing;
using MtlsScenario.Tool.Probing.Schemes;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Serving;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>serve FILE PARTY --faults</c>: whether a client trusts whom it should not.</summary>
internal sealed class ClientFaults(CommandSyntax syntax)
{
    private readonly CommandOption _faults = syntax.Flag("--faults", "be a server with one fault after the other, and say which a client trusts");
    private readonly CommandOption _run = syntax.Value("--run <COMMAND>", "with --faults: run this client for each fault; {url}, {host}, {port}, {ca}, {cert} and {key} are put in, quoted");
    private readonly CommandOption _as = syntax.Value("--as <PARTY>", "with --run: whose files are put in, where the scenario has several callers", Completion.Party);
    private readonly ChoiceOption<Scheme> _scheme = syntax.Choice("--scheme <NAME>", "with --faults: what the client speaks, https where nothing is said", [.. Scheme.All.Select(scheme => (scheme.Name, scheme))]);
    private readonly FaultChoice _choice = new(syntax, Side.Server);
    private readonly CommandOption _list = syntax.Flag("--list", "with --faults: explain the faults");
    private readonly CommandOption _strict = syntax.Flag("--strict", "with --faults: exit with 1 where a matter of policy (grade B) is trusted, too");
    private readonly CommandOption _json = syntax.Flag("--json", "with --faults: print the result as JSON");

    /// <summary>Whether they are wanted.</summary>
    public bool IsWanted => _faults.HasValue();

    /// <summary>The option that was said and means nothing without <c>--faults</c>; null where none was.</summary>
    public string? Misplaced => IsWanted ? null
        : _scheme.HasValue ? "scheme" : new[] { _run, _as, _list, _strict, _json }.FirstOrDefault(option => option.HasValue())?.LongName ?? _choice.Said;

    /// <summary>Tries them.</summary>
    /// <param name="context">What is around the command.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="party">The server.</param>
    /// <param name="listen">Where it listens.</param>
    /// <param name="place">Where the scenario and its certificates are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ExitCode> RunAsync(
        ToolContext context, Scenario scenario, PartyReference party, ListenAddress listen, ScenarioPlace place, CancellationToken cancellationToken)
    {
        if (_list.HasValue())
        {
            context.Report.Result(ProbeText.Catalogue(FaultChoice.All(Side.Server), Side.Server));
            return ExitCode.Success;
        }

        if (_choice.Read(context) is not { } faults || Caller(context, scenario, party) is not var (caller, connection) || (caller is null && _run.HasValue()))
        {
            return ExitCode.Usage;
        }

        string root = context.Resolve(CertificateFolder.Named(place.Folder, scenario));
        var reader = new MaterialReader(scenario, root, place);
        PartyCertificate certificate = party.Party.Called!;
        using EndArtifacts end = reader.End(party, certificate);
        using FaultMaterial material = reader.Material(end, certificate, Side.Server, caller?.Party.Calling, connection?.Host ?? listen.Host);
        using var forge = new FaultForge(material, context.Time.GetUtcNow());
        Scheme scheme = _scheme.Or(Scheme.All[0]);
        var serving = new FaultServing(forge, faults, _run.Value() is { } command ? $"{party}, called by: {VisibleText.Of(command)}" : $"{party}, called by whoever calls", scheme);
        ProbeReport report = _run.Value() is { } run
            ? await RunAsync(context, serving, new Client(run, scheme, new EndSettings(scenario, root).Client(caller!, CallTargets.Of(connection!, listen))!), listen, faults.Length * 2, cancellationToken).ConfigureAwait(false)
            : await serving.ListenAsync(listen, ports => Ready(context, listen, ports), cancellationToken.UntilCancelledAsync(), cancellationToken).ConfigureAwait(false);
        context.Report.Result(_json.HasValue()
            ? JsonText.Of(ProbeJson.Of(report, listen.ToString(), party.ToString()), ProbeJsonContext.Default.ProbeJson)
            : ProbeText.Of(report, _strict.HasValue(), context.Columns));
        return report.ExitOfClient(_strict.HasValue());
    }

    private static async Task<ProbeReport> RunAsync(
        ToolContext context, FaultServing serving, Client client, ListenAddress listen, int count, CancellationToken cancellationToken)
    {
        using FaultListener listener = await FaultListener.StartAsync(listen.Host, listen.Port, client.Scheme, cancellationToken).ConfigureAwait(false);
        string command = client.CommandFor(listener.Port);
        return await ProgressBar.ShowAsync(
            context, "runs", count, done => serving.RunAsync(listener, token => UserCommand.RunAsync(context, command, ("the client", "--run"), token), done, cancellationToken)).ConfigureAwait(false);
    }

    private static void Ready(ToolContext context, ListenAddress listen, IReadOnlyList<(string Id, int Port)> ports) => context.Report.Note(
        string.Join('\n', ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{new ListenAddress(listen.Host, port.Port)} {port.Id}"))) + "\nCtrl-C ends this, and says who was trusted");

    /// <summary>Whose files are put in: the only caller that the server is to accept, or whom the user named.</summary>
    private (PartyReference? Party, Connection? Connection)? Caller(ToolContext context, Scenario scenario, PartyReference server)
    {
        var callers = (
            from connection in scenario.Connections
            where connection.Expect == Outcome.Accepted && server.IsAt(connection.To) && !connection.PresentsNothing
            let party = scenario.Party(connection.From.Party)
            where party.Calling is not null
            select (Party: new PartyReference(party, party.Replicas is null ? null : connection.From.Number ?? 1), Connection: connection)).DistinctBy(caller => caller.Party.ToString()).ToList();
        if (_as.Value() is { } name)
        {
            callers.RemoveAll(caller => caller.Party.ToString() != name && caller.Party.Party.Name != name);
        }

        if (callers is [var only])
        {
            return only;
        }

        if (_run.HasValue() || callers.Count > 0)
        {
            context.Report.Error(
                callers.Count == 0 ? $"nobody whom {server} is to accept is called so" : $"{server} is to accept several callers: {string.Join(", ", callers.Select(caller => caller.Party))}",
                "--as PARTY says as whom");
            return null;
        }

        return (null, null);
    }

    /// <summary>The user's client, and whose files it uses.</summary>
    private sealed record Client(string Command, Scheme Scheme, ClientSettings Settings)
    {
        /// <summary>The command, with everything put in.</summary>
        public string CommandFor(int port)
        {
            string text = port.ToString(CultureInfo.InvariantCulture);
            (string Word, string Value)[] words =
            [
                ("{url}", $"{Scheme.Name}://{new ListenAddress(Settings.Target.Host, port)}/"), ("{host}", Settings.Target.Host), ("{port}", text),
                ("{ca}", Settings.Files.Anchors ?? "/dev/null"), ("{cert}", Settings.Files.Presented), ("{key}", Settings.Files.Key),
            ];
            return words.Aggregate(Command, (command, word) => command.Replace(word.Word, ShellQuoting.Quote(word.Value), StringComparison.Ordinal));
        }
    }
}
