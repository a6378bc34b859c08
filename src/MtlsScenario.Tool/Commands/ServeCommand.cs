using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Serving;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>serve FILE PARTY</c>: the party as a server that says who called.</summary>
internal sealed class ServeCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly PartyArgument _party = new(syntax);
    private readonly CommandOption _folder = syntax.Folder("the folder of the certificates; by default ./NAME");
    private readonly CommandOption _listen = syntax.Value("--listen <ADDRESS>", "where to listen, as HOST:PORT, in place of what the scenario says; port 0 is any free one");
    private readonly ChoiceOption<TlsVersion> _minimum = syntax.Choice(
        "--tls-min <VERSION>", "the oldest version of TLS, in place of tlsMin", ("1.2", TlsVersion.Tls12), ("1.3", TlsVersion.Tls13));

    private readonly CommandOption _passwordFile = syntax.PasswordFile("its first line opens the party's p12 and trust.p12, where there is no key and certificate in PEM");
    private readonly ClientFaults _faults = new(syntax);

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("serve amy-bob.yaml bob", "Bob, where the scenario says; Ctrl-C ends him"),
        new("serve amy-bob.yaml bob --tls-min 1.3", "with TLS 1.3 only"),
        new("serve amy-bob.yaml bob --faults --run 'curl --cacert {ca} --cert {cert} --key {key} {url}'", "whether curl trusts whom it should not"),
        new("serve amy-bob.yaml bob -d stores --password-file secret", "with bob_server.p12 and bob_server.trust.p12 in stores, and nothing else"),
        new("serve amy-bob.yaml bob -d certs --listen localhost:0", "with the files in certs, on any free port"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "A client must show a certificate that the party's own trust anchors verify, and be among those that it admits (or "
        + "gets HTTP 403). Each call and each rejection is said on standard error. Certificates, CRLs and the "
        + "scenario are taken up when they change; what cannot be used leaves in use what was there. Ctrl-C ends it with exit code 0.\n\n"
        + "With --faults it presents one faulty certificate after the other, each just like the good one but for the fault, and tells "
        + "which a client sends data to: with --run, a client that it runs for each of them on TLS 1.2 and 1.3, without, any, on one port a fault from "
        + "--listen on. Exit code 1 where that is one that must be refused (grade A), 3 where the good one was never used.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_faults.Misplaced is { } misplaced)
        {
            return context.Report.Fail(ExitCode.Usage, $"--{misplaced} needs --faults");
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario
            || _party.Read(context, scenario) is not { } party)
        {
            return ExitCode.Usage;
        }

        if (party.Party.Called is not { } certificate)
        {
            return context.Report.Fail(ExitCode.Usage, $"{party} has no certificate to be called with", "serve takes a party with a server's or a peer's");
        }

        if (ReadListen(certificate.Listen) is not { } listen)
        {
            return context.Report.Fail(ExitCode.Usage, $"--listen: {VisibleText.Quoted(_listen.Value()!)} is not valid", "one is localhost:3000, or [::1]:3000");
        }

        if (_faults.IsWanted)
        {
            return await _faults.RunAsync(context, scenario, party, listen, new ScenarioPlace(_file.Value!, _folder.Value()), cancellationToken).ConfigureAwait(false);
        }

        string folder = CertificateFolder.Named(_folder.Value(), scenario);
        var log = new ServeLog(context);
        var place = new ScenarioPlace(_file.Value!, _folder.Value());
        using var passwords = new StorePasswordOrder(context, place, _passwordFile.Value());
        await passwords.FindAsync(scenario, [new TrialEnd(party.Party.Name, party.Number, certificate)], cancellationToken).ConfigureAwait(false);
        LiveEnd end = new ServedScenario(context, place, party.ToString(), passwords)
        {
            Minimum = _minimum.HasValue ? _minimum.Or(default) : null,
            Listen = _listen.HasValue() ? null : listen,
        }.Start(scenario, log);
        MutualTlsServer server = await MutualTlsServer.StartAsync(
            listen, new ServerHandshake(end, log), new CallerAnswer(party.ToString(), end, log), log, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            context.Report.Result($"{party} listens on https://{server.Address}\n{CallLine(scenario, party, server.Address, folder)}");
            await cancellationToken.UntilCancelledAsync().ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    /// <summary>Where to listen; null where what the user said is no address.</summary>
    private ListenAddress? ReadListen(ListenAddress fallback)
    {
        if (_listen.Value() is not { } text)
        {
            return fallback;
        }

        return ListenText.Read(text);
    }

    /// <summary>The command with which a caller of the scenario reaches the server; empty where it has none.</summary>
    private static string CallLine(Scenario scenario, PartyReference called, ListenAddress address, string folder)
    {
        Connection? connection = scenario.Connections
            .Where(connection => called.IsAt(connection.To) && scenario.Party(connection.From.Party).Calling is not null)
            .OrderBy(CallTargets.Oddness)
            .FirstOrDefault();
        if (connection is null)
        {
            return "";
        }

        Party caller = scenario.Party(connection.From.Party);
        var reference = new PartyReference(caller, caller.Replicas is null ? null : connection.From.Number ?? 1);
        ClientSettings client = new EndSettings(scenario, folder).Client(reference, CallTargets.Of(connection, address))!;
        return ConfigWriter.Client(ConfigProgram.Curl, client, reference.FileStem) is ConfigOutcome.Written written ? written.Files[0].Text : "";
    }
}
