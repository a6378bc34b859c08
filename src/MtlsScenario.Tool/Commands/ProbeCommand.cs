using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Configs;
using MtlsScenario.Diagnostics;
using MtlsScenario.Faults;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Pages;
using MtlsScenario.Tool.Probing;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>probe FILE PARTY [URL]</c>: whether a server that runs lets in whom it should not.</summary>
internal sealed class ProbeCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.Optional("FILE", "the scenario; - is standard input", Completion.ScenarioFile);
    private readonly CommandArgument _party = syntax.Optional("PARTY", "the caller that the server accepts; one of its replicas is PARTY[K]", Completion.Party);
    private readonly CommandArgument _url = syntax.Optional("URL", "the server, as [SCHEME://]HOST:PORT, in place of what the scenario says");
    private readonly TargetChoice _target = new(syntax, "a URL");
    private readonly CommandOption _folder = syntax.Folder("the folder of the certificates; by default ./NAME");
    private readonly CommandOption _list = syntax.Flag("--list", "explain the faults, and call nobody");
    private readonly FaultChoice _faults = new(syntax, Side.Client);
    private readonly ChoiceOption<TlsVersion> _tls = syntax.Choice("--tls <VERSION>", "one version of TLS in place of both", ("1.2", TlsVersion.Tls12), ("1.3", TlsVersion.Tls13));
    private readonly CommandOption _sni = syntax.Value("--sni <HOST>", "the name that is sent and verified, in place of the address's");
    private readonly CommandOption _path = syntax.Value("--path <PATH>", "what is asked for, in place of the address's path");
    private readonly CommandOption _header = syntax.Values("--header <LINE>", "a further header, as 'Name: value', several times");
    private readonly CommandOption _send = syntax.Value("--send <FILE>", "what the scheme raw sends first", Completion.File);
    private readonly CommandOption _acceptedWhen = syntax.Value("--accepted-when <WHAT>", "by which status of HTTP, or regular expression, a client is known that was let in");
    private readonly NumberOption _delay = syntax.Number("--delay <MS>", "the pause before each connection, in milliseconds", 0, 60_000);
    private readonly NumberOption _timeout = syntax.Number("--timeout <SECONDS>", "how long an answer may take; by default 5", 1, 600);
    private readonly CommandOption _mine = syntax.Flag("--i-may", "the server is mine to probe, though it is not on this machine or a private network");
    private readonly CommandOption _revoke = syntax.Value("--revoke <COMMAND>", "run COMMAND by sh -c near the end; it is to let the server know who is revoked, whose older session is then tried");
    private readonly CommandOption _strict = syntax.Flag("--strict", "exit with 1 where a matter of policy (grade B) is let in, too");
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _junit = syntax.Output("--junit <FILE>", "also write the result to FILE in JUnit's XML, for CI");
    private readonly OutputOption _markdown = syntax.Output("--md <FILE>", "also write the result to FILE as a table in Markdown");

    private readonly OutputOption _page = syntax.Output("--html <FILE>", "also write the result to FILE as a page: findings, evidence, and what was not tried");

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("probe amy-bob.yaml amy", "Bob's server, where the scenario says that it is, as Amy"),
        new("probe amy-bob.yaml amy https://localhost:8443/health --tls 1.3", "another address, on TLS 1.3 alone"),
        new("probe amy-bob.yaml amy postgres://amy@localhost:5432/app", "a database"),
        new("probe --list", "what is tried"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "Calls with the party's good certificate and then with one fault after the other, each just like the good one but for the "
        + "fault, and says who was let in. A must be refused, B is a matter of policy, C is shown. Faulty certificates are made in memory from the "
        + "keys in the folder, and never written; nobody is called but the address. Exit code 1 where an A is let in; 3 where the good certificate "
        + "is not, or of an A nobody knows; a fault that does not apply, or is skipped, does not count.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_list.HasValue())
        {
            context.Report.Result(ProbeText.Catalogue(FaultChoice.All(Side.Client), Side.Client));
            return ExitCode.Success;
        }

        if (_file.Value is null || _party.Value is null)
        {
            return context.Report.Fail(ExitCode.Usage, "a scenario and a party are needed", "probe FILE PARTY, or probe --list");
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        if (PartyReference.Read(scenario, _party.Value, out string why) is not { } party)
        {
            return context.Report.Fail(ExitCode.Usage, why);
        }

        if (party.Party.Calling is not { } certificate)
        {
            return context.Report.Fail(ExitCode.Usage, $"{party} has no certificate to call with", "probe takes a party with a client's or a peer's");
        }

        if (Options(context) is not { } options)
        {
            return ExitCode.Usage;
        }

        (ServerTarget? target, PartyCertificate? server) = await TargetAsync(context, scenario, party, cancellationToken).ConfigureAwait(false);
        return target is null
            ? ExitCode.Usage
            : await ProbeAsync(context, new Probed(scenario, party, certificate, server), target, options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ExitCode> ProbeAsync(ToolContext context, Probed probed, ServerTarget target, ProbeOptions options, CancellationToken cancellationToken)
    {
        DateTimeOffset started = context.Time.GetUtcNow();
        string root = context.Resolve(CertificateFolder.Named(_folder.Value(), probed.Scenario));
        var reader = new MaterialReader(probed.Scenario, root, new ScenarioPlace(_file.Value!, _folder.Value()));
        using EndArtifacts end = reader.End(probed.Party, probed.Certificate);
        using FaultMaterial material = reader.Material(end, probed.Certificate, Side.Client, probed.Server);
        using FetchListener? fetches = await FetchListener.ForAsync(target.Address.Host, cancellationToken).ConfigureAwait(false);
        using var forge = new FaultForge(material, started) { NextUrl = fetches is null ? null : fetches.Next };
        using var trust = new ServerTrust(end.Anchors, end.Crls);
        var prober = new Prober(target, new ServerCaller(target, trust), forge, options with { Title = $"{probed.Party} calls {target}", Fetches = fetches });
        ProbeReport report = await ProgressBar.ShowAsync(context, "faults", prober.Count, done => prober.RunAsync(done, cancellationToken)).ConfigureAwait(false);
        bool isStrict = _strict.HasValue();
        if (_junit.File is not null)
        {
            await _junit.WriteAsync(context, ProbeJUnit.Of(report, probed.Scenario.Name, isStrict, started), cancellationToken).ConfigureAwait(false);
        }

        if (_markdown.File is not null)
        {
            await _markdown.WriteAsync(context, ProbeText.Markdown(report), cancellationToken).ConfigureAwait(false);
        }

        if (_page.File is not null)
        {
            await _page.WriteAsync(context, ProbePage.Write(report, isStrict, started), cancellationToken).ConfigureAwait(false);
        }

        context.Report.Result(_json.HasValue()
            ? JsonText.Of(ProbeJson.Of(report, target.ToString(), probed.Party.ToString()), ProbeJsonContext.Default.ProbeJson)
            : ProbeText.Of(report, isStrict, context.Columns));
        return report.ExitOfServer(isStrict);
    }

    private ProbeOptions? Options(ToolContext context)
    {
        if (_faults.Read(context) is not { } faults)
        {
            return null;
        }

        try
        {
            return new ProbeOptions
            {
                Title = "",
                Faults = faults,
                Versions = _tls.HasValue ? [_tls.Or(TlsVersion.Tls13)] : [TlsVersion.Tls12, TlsVersion.Tls13],
                Delay = TimeSpan.FromMilliseconds(_delay.Value ?? 0),
                Revoke = _revoke.Value() is { } command ? token => UserCommand.RevokeAsync(context, command, token) : null,
                Time = context.Time,
                AcceptedWhen = _acceptedWhen.Value() is { } accepted ? AcceptedWhen.Read(accepted) : null,
            };
        }
        catch (ArgumentException exception)
        {
            context.Report.Error($"--accepted-when: {VisibleText.Of(exception.Message.TrimEnd('.'))}", "one is 200, or a regular expression");
            return null;
        }
    }

    /// <summary>The server, and its certificate in the scenario where it is one of that; null, and reported, where there is none.</summary>
    private async Task<(ServerTarget? Target, PartyCertificate? Server)> TargetAsync(ToolContext context, Scenario scenario, PartyReference party, CancellationToken cancellationToken)
    {
        ServerAddress? address = null;
        CallTarget? called = null;
        if (_url.Value is { } text && (address = ServerAddress.Read(text)) is null)
        {
            context.Report.Error($"{VisibleText.Quoted(text)} is not valid", ServerAddress.Expected);
            return default;
        }

        if (address is null)
        {
            if ((called = _target.Read(context, scenario, party, null)) is null)
            {
                return default;
            }

            address = ServerAddress.Of(called);
        }

        if (!_mine.HasValue() && !await address.IsNearAsync(cancellationToken).ConfigureAwait(false))
        {
            context.Report.Error($"{address.Address.Host} is not on this machine or a private network", "a probe of somebody else's server is no test; --i-may says that it is yours");
            return default;
        }

        // Where the scenario has one server only that the party calls, that is the one, wherever it runs.
        ImmutableArray<CallTarget> targets = CallTargets.Of(scenario, party);
        PartyCertificate? server = (called ?? (targets is [var only] ? only : null))?.Server is { } end ? scenario.Party(end.Party).Called : null;
        string host = _sni.Value() ?? called?.Host ?? address.Address.Host;
        byte[] message = _send.Value() is { } file ? await File.ReadAllBytesAsync(context.Resolve(file), cancellationToken).ConfigureAwait(false) : [];
        ServerTarget target = address.Target(host, message);
        return (target with
        {
            OtherHosts = [.. (server?.Certificate.Names ?? []).Where(name => name.Kind == GeneralNameKind.Dns && name.Value != host && !name.Value.StartsWith('*')).Select(name => name.Value)],
            Timeout = TimeSpan.FromSeconds(_timeout.Value ?? 5),
            Request = target.Request with { Path = _path.Value() ?? address.Path, Headers = [.. _header.Values.OfType<string>()] },
        }, server);
    }

    /// <summary>As whom, of which scenario, and what that says of the server.</summary>
    private sealed record Probed(Scenario Scenario, PartyReference Party, PartyCertificate Certificate, PartyCertificate? Server);
}
