using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Probing;
using MtlsScenario.Tool.Probing.Schemes;
using MtlsScenario.Tool.Serving;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>call FILE PARTY [URL]</c>: the party as a client.</summary>
internal sealed class CallCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly PartyArgument _party = new(syntax);
    private readonly CommandArgument _url = syntax.Optional("URL", "what it calls, as [SCHEME://]HOST:PORT, in place of what the scenario says");
    private readonly TargetChoice _target = new(syntax, "a URL");
    private readonly CommandOption _folder = syntax.Folder("the folder of the certificates; by default ./NAME");
    private readonly CommandOption _send = syntax.Value("--send <FILE>", "what the scheme raw sends first", Completion.File);
    private readonly CommandOption _passwordFile = syntax.PasswordFile("its first line opens the party's p12 and trust.p12, where there is no key and certificate in PEM");
    private readonly CommandOption _json = syntax.Json();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("call amy-bob.yaml amy", "Amy calls Bob, where the scenario says that he is"),
        new("call amy-bob.yaml amy https://localhost:8443/who", "she calls another URL"),
        new("call amy-bob.yaml amy postgres://amy@localhost:5432/app", "she calls a database; also mysql, redis, mqtt, amqp, raw"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "Prints the status, what the server presented, and its answer. Where one end turns the other away, it says who did "
        + "and why, and what would mend it, and exits with 1; where nobody listens, with 3. A .NET or Node server that turns a "
        + "client away does not tell it: then the server's trust anchors, where they are in the folder, tell why.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario
            || _party.Read(context, scenario) is not { } party)
        {
            return ExitCode.Usage;
        }

        if (party.Party.Calling is not { } certificate)
        {
            return context.Report.Fail(ExitCode.Usage, $"{party} has no certificate to call with", "call takes a party with a client's or a peer's");
        }

        ServerAddress? address = _url.Value is { } url ? ServerAddress.Read(url) : null;
        if (_url.Value is { } text && address is null)
        {
            return context.Report.Fail(ExitCode.Usage, $"{VisibleText.Quoted(text)} is not valid", ServerAddress.Expected);
        }

        if ((address is null ? _target.Read(context, scenario, party, null) : new CallTarget(address.Url)) is not { } target)
        {
            return ExitCode.Usage;
        }

        string root = context.Resolve(CertificateFolder.Named(_folder.Value(), scenario));
        var place = new ScenarioPlace(_file.Value!, _folder.Value());
        using var passwords = new StorePasswordOrder(context, place, _passwordFile.Value());
        await passwords.FindAsync(scenario, [new TrialEnd(party.Party.Name, party.Number, certificate)], cancellationToken).ConfigureAwait(false);
        using DotNetIdentity identity = new EndIdentity(scenario, root, place, passwords).Load(party, certificate, Side.Client);
        ClientSettings settings = new EndSettings(scenario, root).Client(party, target)!;
        var advice = new CallAdvice(scenario, place, party, target);
        EndRejection? View() => new ServersView(scenario, root).Of(target, identity);
        address ??= ServerAddress.Of(target);
        CallReport report;
        if (address.Scheme == Scheme.All[0])
        {
            report = await new MutualTlsClient(settings, identity, advice, View).CallAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            using EndArtifacts own = new MaterialReader(scenario, root, place, passwords).End(party, certificate);
            byte[] message = _send.Value() is { } file ? await File.ReadAllBytesAsync(context.Resolve(file), cancellationToken).ConfigureAwait(false) : [];
            report = await new SchemeCall(address.Target(target.Host, message), own, new CallRejections(settings, advice, View))
                .CallAsync(target.Tls, target.PresentsNothing, cancellationToken).ConfigureAwait(false);
        }

        context.Report.Result(_json.HasValue() ? JsonText.Of(report, CallReportContext.Default.CallReport) : CallText.Of(report));
        return report.Rejection is not { } rejection
            ? ExitCode.Success
            : context.Report.Fail(ExitCode.CheckFailed, rejection.Sentence, rejection.Remedy);
    }
}
