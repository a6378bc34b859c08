using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Graphs;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>graph FILE</c>: the scenario as a picture.</summary>
internal sealed class GraphCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _file = syntax.ScenarioFile();
    private readonly ChoiceOption<GraphFormat> _format = syntax.Choice(
        "-f|--format <FORMAT>",
        "by default what the name of the output file says, otherwise tree",
        ("tree", GraphFormat.Tree),
        ("mermaid", GraphFormat.Mermaid),
        ("dot", GraphFormat.Dot),
        ("svg", GraphFormat.Svg));

    private readonly CommandOption _steps = syntax.Flag(
        "--steps", "number the steps: who acts, and what is handed over");

    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("graph amy-bob.yaml", "who signs whom, who trusts whom, who must get through to whom"),
        new("graph amy-bob.yaml --steps -o amy-bob.svg", "a picture for browsers, with the steps"),
        new("graph amy-bob.yaml -f mermaid", "for a Markdown page on GitHub or GitLab"),
        new("graph amy-bob.yaml -f dot | dot -T pdf -o amy-bob.pdf", "through Graphviz"),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        ScenarioGraph graph = GraphBuilder.For(scenario, _steps.HasValue());
        string text = GraphWriter.Write(graph, _format.Or(FormatOf(_output.File)), _output.Columns(context));
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static GraphFormat FormatOf(string? file) => Path.GetExtension(file)?.ToUpperInvariant() switch
    {
        ".SVG" => GraphFormat.Svg,
        ".DOT" or ".GV" => GraphFormat.Dot,
        ".MMD" or ".MERMAID" => GraphFormat.Mermaid,
        _ => GraphFormat.Tree,
    };
}
