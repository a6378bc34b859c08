using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
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

        if (!_check.HasValue() && (_json.HasValue() || _folder.HasValue()))
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

        Plan plan = Planner.For(scenario);
        if (_check.HasValue())
        {
            return await CheckAsync(context, scenario, plan, cancellationToken).ConfigureAwait(false);
        }

        string script = _plain.HasValue()
            ? PlainScript.Write(plan)
            : ScriptWriter.Write(plan, new ScriptOptions { For = _for.Value() });
        await _output.WriteAsync(context, script, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
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
                $"--for: there is no {VisibleText.Quoted(actor)} in the scenario", ExpectationText.OneOf([.. known], actor));
    }

    private async Task<ExitCode> CheckAsync(
        ToolContext context, Scenario scenario, Plan plan, CancellationToken cancellationToken)
    {
        OpenSslEngine engine = await OpenSslEngine.FindAsync(context, cancellationToken).ConfigureAwait(false);
        using var passwords = new StorePasswords(ScenarioFile.FolderOf(context, _file.Value!), context.Environment);
        var checker = new EngineChecker(engine, context.Time, passwords);
        string provided = context.Resolve(CertificateFolder.Named(_folder.Value(), scenario));
        EngineCheck check = await checker.CheckAsync(plan, _plain.HasValue(), provided, cancellationToken).ConfigureAwait(false);
        string text = _json.HasValue() ? EngineCheckText.Json(check) : EngineCheckText.Lines(check);
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return check.IsEqual ? ExitCode.Success : ExitCode.CheckFailed;
    }
}
