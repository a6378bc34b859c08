using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Binding;
using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.Reporting;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>validate FILE…</c>: every fault and warning of scenario files.</summary>
internal sealed class ValidateCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _files = syntax.OneOrMore("FILE", "the scenarios; - is standard input", Completion.ScenarioFile);
    private readonly CommandOption _strict = syntax.Flag("--strict", "exit with 1 if there are warnings");
    private readonly CommandOption _json = syntax.Json();

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
                Report(context, file, result);
            }
        }

        if (_json.HasValue())
        {
            ValidationJson json = ValidationJson.Of(results);
            context.Report.Result(JsonText.Of(json, ValidationJsonContext.Default.ValidationJson));
        }

        return results.Any(pair => pair.Result.Scenario is null) ? ExitCode.Usage
            : _strict.HasValue() && results.Any(pair => !pair.Result.Diagnostics.IsEmpty) ? ExitCode.CheckFailed
            : ExitCode.Success;
    }

    private static void Report(ToolContext context, string file, ScenarioReadResult result)
    {
        context.Report.Diagnostics(result.Diagnostics);
        if (result.Scenario is not null)
        {
            string warnings = result.Diagnostics.Length switch { 0 => "", 1 => ", with 1 warning", var count => $", with {count} warnings" };
            context.Report.Outcome($"{VisibleText.Of(file)}: valid{warnings}");
        }
    }
}
