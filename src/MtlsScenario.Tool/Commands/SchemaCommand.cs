using System.Collections.Immutable;
using MtlsScenario.Binding;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>schema</c>: the JSON Schema of the scenario format, for editors.</summary>
internal sealed class SchemaCommand(CommandSyntax syntax) : Command
{
    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("schema", "print it"),
        new("schema -o mtls-scenario.schema.json", "put it where the scenarios of init look for it"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "An editor with a YAML language server completes and checks a scenario that begins with\n"
        + "# yaml-language-server: $schema=mtls-scenario.schema.json";

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        await _output.WriteAsync(context, ScenarioSchema.ReadText(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
