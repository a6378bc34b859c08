using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Layouts;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Stores;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;
using MtlsScenario.Tool.Serving;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>show FILE|DIR</c>: what each certificate says, who issued it, who trusts it and where its files are.</summary>
internal sealed class ShowCommand(CommandSyntax syntax) : Command
{
    private static readonly ImmutableArray<string> _certificateSuffixes = [".crt", ".cer", ".pem", ".der", ".p12", ".pfx", ".p7b", ".key", ".crl"];

    private readonly CommandArgument _file = syntax.Required(
        "FILE|DIR|HOST:PORT", "the scenario (- is standard input), a file or a folder of keys and certificates, or a server", Completion.File);

    private readonly CommandOption _folder =
        syntax.Folder("the folder of the scenario's certificates; by default ./NAME, where it exists");

    private readonly CommandOption _passwordFile = syntax.PasswordFile("its first line opens stores and encrypted keys");

    private readonly SeedOptions _seed = new(syntax);
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("show amy-bob.yaml", "what is in ./amy-bob; if it does not exist, what would be issued"),
        new("show amy-bob.yaml -d certs", "what is in certs, beside what the scenario says"),
        new("show /etc/ssl/private", "any folder of certificates, whoever made them"),
        new("show localhost:3000", "what a server presents, and of which authorities it asks clients for certificates"),
        new("show bob_server.p12 --password-file secret", "what is in a store, a PKCS#7, an encrypted key or a Secret's manifest"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        $"A password is the first line of --password-file, or the variable {GivenPassword.Variable}; without either {PasswordRules.WellKnown} is tried, and then "
        + "it is asked for on the terminal. A private key is never shown. Where a password does not open the file the exit code is 3.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        string path = context.Resolve(_file.Value!);
        bool isFolder = _file.Value != "-" && Directory.Exists(path);
        if (isFolder || (_file.Value != "-" && File.Exists(path) && IsForeign(path)))
        {
            if (_folder.HasValue() || _seed.AreSaid)
            {
                return context.Report.Fail(ExitCode.Usage, $"{(_folder.HasValue() ? "--dir" : "--insecure-seed")} goes with a scenario", "name the folder alone");
            }

            Layout foreign = await ForeignAsync(context, path, isFolder, cancellationToken).ConfigureAwait(false);
            return await PrintAsync(context, foreign, cancellationToken).ConfigureAwait(false);
        }

        if (!Path.Exists(path) && ListenText.Read(_file.Value!) is { } address && !_folder.HasValue() && !_passwordFile.HasValue())
        {
            return await ShowAsync(context, await ServerInquiry.ReadAsync(address, cancellationToken).ConfigureAwait(false), address, cancellationToken).ConfigureAwait(false);
        }

        if (_passwordFile.HasValue())
        {
            return context.Report.Fail(ExitCode.Usage, "--password-file is for files and folders without a scenario", "leave it out");
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        var reader = new FolderReader(context.Resolve(CertificateFolder.Named(_folder.Value(), scenario)));
        if (_seed.TryPlan(context, scenario, reader, out PlannedScenario? seeded) is { } unseeded)
        {
            return context.Report.Fail(ExitCode.Usage, unseeded.Message, unseeded.Hint);
        }

        using PlannedScenario planned = seeded!;
        Layout layout = OfScenario(context, planned, reader, cancellationToken);
        return await PrintAsync(context, layout, cancellationToken).ConfigureAwait(false);
    }

    private Layout OfScenario(ToolContext context, PlannedScenario planned, FolderReader reader, CancellationToken cancellationToken)
    {
        Plan plan = planned.Plan;
        string folder = CertificateFolder.Named(_folder.Value(), planned.Scenario);
        if (reader.Exists)
        {
            context.Report.Note($"what is in {VisibleText.Of(folder)}:");
            return FoundLayout.AsItIs(plan, reader, cancellationToken);
        }

        if (_folder.HasValue())
        {
            throw new EnvironmentException($"there is no folder {VisibleText.Of(folder)}", $"make it: {new ScenarioPlace(_file.Value!, folder).Command("apply")}");
        }

        context.Report.Note($"there is no {VisibleText.Of(folder)}; what would be issued:");
        return PlannedLayout.Of(plan);
    }

    /// <summary>
    /// Whether a file holds keys or certificates, by its name or, for names are free, by what is in it. A pipe, which has no
    /// length, gives what is in it once.
    /// </summary>
    private static bool IsForeign(string path) =>
        _certificateSuffixes.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        || (new FileInfo(path).Length > 0
            && new FolderReader(Path.GetDirectoryName(path)!).Read(Path.GetFileName(path)).Bytes is { } bytes
            && OutputGuard.IsKeyOrCertificate(bytes));

    private async Task<Layout> ForeignAsync(ToolContext context, string path, bool isFolder, CancellationToken cancellationToken)
    {
        var given = new GivenPassword(context, _passwordFile.Value());
        using Password? said = given.Said();
        using var wellKnown = Password.WellKnown();
        using var none = Password.Of([]);
        ImmutableArray<Password> passwords = said is null ? [wellKnown, none] : [said];
        if (isFolder)
        {
            return UnplannedFolderLayout.OfFolder(new FolderReader(path), passwords, cancellationToken);
        }

        var reader = new FolderReader(Path.GetDirectoryName(path)!);
        string name = Path.GetFileName(path);
        Layout layout = UnplannedFolderLayout.OfFile(reader, name, passwords, out bool isClosed);
        if (!isClosed)
        {
            return layout;
        }

        string shown = VisibleText.Of(_file.Value!);
        if (said is not null)
        {
            throw new EnvironmentException($"{shown} has another password, or is damaged") { File = _file.Value };
        }

        if (!given.CanAsk)
        {
            throw new EnvironmentException($"{shown} has a password", GivenPassword.Hint) { File = _file.Value };
        }

        using Password typed = await given.AskAsync(shown, cancellationToken).ConfigureAwait(false)
            ?? throw new EnvironmentException($"{shown} has a password, and none was given") { File = _file.Value };
        layout = UnplannedFolderLayout.OfFile(reader, name, [typed], out isClosed);
        return isClosed ? throw new EnvironmentException($"{shown} has another password, or is damaged") { File = _file.Value } : layout;
    }

    private async Task<ExitCode> ShowAsync(ToolContext context, ServerInquiry endpoint, ListenAddress address, CancellationToken cancellationToken)
    {
        Layout layout = UnplannedFolderLayout.OfChain(endpoint.Chain, address.ToString());
        DateTimeOffset now = context.Time.GetUtcNow();
        string[] versions = [.. endpoint.Versions.Select(TrialText.Of)];
        string asks = !endpoint.AsksForCertificate ? "asks clients for no certificate"
            : endpoint.Authorities.IsEmpty ? "asks clients for a certificate, and names no authority"
            : $"asks clients for a certificate of {string.Join(" or ", endpoint.Authorities.Select(VisibleText.Of))}";
        string text = _json.HasValue()
            ? JsonText.Of(new EndpointJson(address.ToString(), [.. versions], endpoint.Group, endpoint.AsksForCertificate, endpoint.Authorities, LayoutJson.Of(layout, now)), EndpointJsonContext.Default.EndpointJson)
            : $"{address}: TLS {string.Join(" and ", versions)}{(endpoint.Group is { } group ? $", key exchange {group}" : "")}; {asks}\n\n{LayoutText.Of(layout, now, _output.Columns(context))}";
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private async Task<ExitCode> PrintAsync(ToolContext context, Layout layout, CancellationToken cancellationToken)
    {
        DateTimeOffset now = context.Time.GetUtcNow();
        string text = _json.HasValue()
            ? JsonText.Of(LayoutJson.Of(layout, now), LayoutJsonContext.Default.LayoutJson)
            : LayoutText.Of(layout, now, _output.Columns(context));
        await _output.WriteAsync(context, text.Length == 0 ? "no certificates\n" : text, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
