using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>schema [DOCUMENT]</c>: the JSON Schema of the scenario format, for editors, or of faults, for programs.</summary>
internal sealed class SchemaCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _document = syntax.Optional(
        "DOCUMENT", "scenario, by default; faults: what --json prints where there is no result; probe or rollout: what these print", Completion.Of(["scenario", "faults", "probe", "rollout"]));

    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("schema", "print it"),
        new("schema faults", "that of what --json prints where there is no result"),
        new("schema -o mtls-scenario.schema.json", "put it where the scenarios of init look for it"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "An editor with a YAML language server completes and checks a scenario that begins with\n"
        + "# yaml-language-server: $schema=mtls-scenario.schema.json";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        await _output.WriteAsync(context, _document.Value is "faults" or "probe" or "rollout" ? FaultJson.ReadSchema(_document.Value) : ScenarioSchema.ReadText(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
