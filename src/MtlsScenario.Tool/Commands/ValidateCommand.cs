using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>validate FILE…</c>: every fault and warning of scenario files.</summary>
internal sealed class ValidateCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _files = syntax.OneOrMore("FILE", "the scenarios; - is standard input", Completion.ScenarioFile);
    private readonly CommandOption _strict = syntax.Flag("--strict", "exit with 1 if there are warnings");
    private readonly CommandOption _json = syntax.Json();
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("validate amy-bob.yaml", "say everything that is wrong with it"),
        new("validate --strict scenarios/*.yaml", "in CI, fail on warnings too"),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<(string File, ScenarioReadResult Result)>();
        foreach (string file in _files.Values.OfType<string>())
        {
            ScenarioReadResult result = await ScenarioFile.ReadAsync(context, file, cancellationToken).ConfigureAwait(false);
            results.Add((file, result));
            if (!_json.HasValue())
            {
                context.Report.Diagnostics(result.Diagnostics, areResult: true);
            }

            if (!_json.HasValue() && _output.File is null && result.Scenario is not null)
            {
                context.Report.Outcome(Verdict(file, result));
            }
        }

        if (_json.HasValue())
        {
            string json = JsonText.Of(ValidationJson.Of(results), ValidationJsonContext.Default.ValidationJson);
            await _output.WriteAsync(context, json, cancellationToken).ConfigureAwait(false);
        }
        else if (_output.File is not null)
        {
            string text = string.Concat(results.Select(pair => Verdict(pair.File, pair.Result) + "\n"));
            await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        }

        return results.Any(pair => ScenarioFile.IsUnreadable(pair.Result)) ? ExitCode.Environment
            : results.Any(pair => pair.Result.Scenario is null) ? ExitCode.Usage
            : _strict.HasValue() && results.Any(pair => !pair.Result.Diagnostics.IsEmpty) ? ExitCode.CheckFailed
            : ExitCode.Success;
    }

    private static string Verdict(string file, ScenarioReadResult result)
    {
        string warnings = result.Diagnostics.Length switch { 0 => "", 1 => ", with 1 warning", var count => $", with {count} warnings" };
        return $"{VisibleText.Of(file)}: {(result.Scenario is null ? "not valid" : $"valid{warnings}")}";
    }
}
