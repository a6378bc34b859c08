using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Reconciling;
using MtlsScenario.Scripting;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Engines;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>script FILE</c>: the plan as a shell script for openssl.</summary>
internal sealed class ScriptCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly CommandOption _for = syntax.Value(
        "--for <PARTY>", "only what that party, or that third party's authority, runs");

    private readonly CommandOption _plain = syntax.Flag(
        "--plain", "the steps and their commands alone, to learn from, for an empty folder");

    private readonly CommandOption _check = syntax.Flag(
        "--check", "run it in a temporary folder and compare with what apply makes");

    private readonly CommandOption _folder = syntax.Folder(
        "with --check: where the files of external authorities are; by default ./NAME");

    private readonly SeedOptions _seed = new(syntax);
    private readonly CommandOption _json = syntax.Flag("--json", "with --check: print the result as JSON");
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("script amy-bob.yaml > amy-bob.sh", "sh amy-bob.sh certs then makes the certificates in certs"),
        new("script amy-bob.yaml --for bob", "what Bob runs: it stops where it needs what others hand over"),
        new("script amy-bob.yaml --plain", "just the numbered steps and their commands, to learn from"),
        new("script amy-bob.yaml --check", "prove that openssl and apply make the same"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "The script needs a POSIX shell and OpenSSL 1.1.1 or later; OPENSSL=PROGRAM in the environment picks one, here and in "
        + "the script; a plain one takes the openssl in the path, and refuses to run where one of its files is there already. "
        + "With --check the exit code is 1 where anything differs, and 3 where there is no openssl.";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_check.HasValue() && _for.HasValue())
        {
            return context.Report.Fail(ExitCode.Usage, "--check and --for exclude each other", "--check runs the whole script");
        }

        if (_plain.HasValue() && _for.HasValue())
        {
            return context.Report.Fail(
                ExitCode.Usage,
                "--plain and --for exclude each other",
                "a plain script runs once, in an empty folder; one part is run again when others have handed over what it needs");
        }

        if (!_check.HasValue() && (_json.HasValue() || (_folder.HasValue() && !_seed.AreSaid)))
        {
            return context.Report.Fail(
                ExitCode.Usage, $"{(_json.HasValue() ? "--json" : "--dir")} is for --check", "the script itself is a text");
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        if (_for.Value() is { } actor && Fault(scenario, actor) is { } fault)
        {
            return context.Report.Fail(ExitCode.Usage, fault.Message, fault.Hint);
        }

        var provided = new FolderReader(context.Resolve(CertificateFolder.Named(_folder.Value(), scenario)));
        if (_seed.TryPlan(context, scenario, provided, out PlannedScenario? seeded) is { } unseeded)
        {
            return context.Report.Fail(ExitCode.Usage, unseeded.Message, unseeded.Hint);
        }

        using PlannedScenario planned = seeded!;
        var options = new ScriptOptions { For = _for.Value(), Seeded = planned.Script };
        if (planned.Seed is not null && Unscriptable(planned.Plan, options) is { } unscriptable)
        {
            return unscriptable(context);
        }

        if (_check.HasValue())
        {
            return await CheckAsync(context, planned, cancellationToken).ConfigureAwait(false);
        }

        string[] salted =
        [
            .. from step in planned.Seed is null ? [] : new ScriptScope(planned.Plan, options).Steps
               where step.Step is WriteFormat { Kind: ArtifactKind.Pkcs12 or ArtifactKind.EncryptedKey }
               select step.Step.Output,
        ];
        if (salted.Length > 0)
        {
            context.Report.Warning($"openssl draws the salts of {VisibleText.Of(string.Join(", ", salted))}, and cannot be told them: their bytes differ each time", "apply makes them from the seed");
        }

        string script = await Computation.RunAsync(
            scenario, () => _plain.HasValue() ? PlainScript.Write(planned.Plan) : ScriptWriter.Write(planned.Plan, options), cancellationToken).ConfigureAwait(false);
        await _output.WriteAsync(context, script, cancellationToken, isSecret: planned.Seed is not null).ConfigureAwait(false);
        return ExitCode.Success;
    }

    /// <summary>Why the script of a seed cannot be written, and what cannot be the same in it; null where it can.</summary>
    private Func<ToolContext, ExitCode>? Unscriptable(Plan plan, ScriptOptions options)
    {
        if (_plain.HasValue())
        {
            return context => context.Report.Fail(ExitCode.Usage, "--plain and a seed exclude each other", "a plain script is to learn from, and has no keys");
        }

        var scope = new ScriptScope(plan, options);
        if (scope.Steps.FirstOrDefault(step => step is { Step: GenerateKey key, Replicas: not null } && key.Algorithm.IsRsa()) is { } fleet)
        {
            return context => context.Report.Fail(
                ExitCode.Usage, $"a script with a seed cannot have the RSA keys of the replicas of {fleet.Certificate.Holder.Name}", "apply makes them, or give them another kind of key");
        }

        if (scope.Steps.FirstOrDefault(step => step.Step is SignCertificate { Template.Serial: SerialNumber.Random }
            && (step.Replicas is null || options.Seeded!.SerialOf(step.Certificate, 1) is null)) is { Step: SignCertificate unknown })
        {
            return context => context.Report.Fail(
                ExitCode.Environment, $"there is no {unknown.Issuer.CertificateFile} that can be read, and serial numbers come of it", "put it there, or name the folder that has it with -d DIR");
        }

        return null;
    }

    private static UsageFault? Fault(Scenario scenario, string actor)
    {
        if (scenario.Parties.Any(party => party.Name == actor))
        {
            return null;
        }

        Authority? authority = scenario.Authorities.FirstOrDefault(authority => authority.Name == actor);
        if (authority is { Operator: null })
        {
            return null;
        }

        IEnumerable<string> known = scenario.Parties.Select(party => party.Name)
            .Concat(scenario.Authorities.Where(known => known.Operator is null).Select(known => known.Name));
        return authority is { Operator: { } party }
            ? new UsageFault($"--for: {actor} is operated by {party}", $"--for {party} has what {party} runs for it")
            : new UsageFault(
                $"--for: there is no {VisibleText.Quoted(actor)} in the scenario", DidYouMean.OneOf([.. known], actor));
    }

    private async Task<ExitCode> CheckAsync(
        ToolContext context, PlannedScenario planned, CancellationToken cancellationToken)
    {
        OpenSslEngine engine = await OpenSslEngine.FindAsync(context, cancellationToken).ConfigureAwait(false);
        using var passwords = new StorePasswords(ScenarioFile.FolderOf(context, _file.Value!), context.Environment);
        var checker = new EngineChecker(engine, context.Time, passwords);
        string provided = context.Resolve(CertificateFolder.Named(_folder.Value(), planned.Scenario));
        EngineCheck check = await checker.CheckAsync(planned, _plain.HasValue(), provided, cancellationToken).ConfigureAwait(false);
        string text = _json.HasValue() ? EngineCheckText.Json(check) : EngineCheckText.Lines(check);
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return check.IsEqual ? ExitCode.Success : ExitCode.CheckFailed;
    }
}
