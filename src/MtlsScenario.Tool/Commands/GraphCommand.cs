using System.Collections.Immutable;
using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Files;
using MtlsScenario.Graphs;
using MtlsScenario.Graphs.Formats;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>graph FILE</c>: the scenario as a picture.</summary>
internal sealed class GraphCommand(CommandSyntax syntax) : Command
{
    /// <summary>What the name of the output file may end in to say the format.</summary>
    private static readonly ImmutableArray<(string Suffix, GraphFormat Format)> _suffixes =
    [
        (".svg", GraphFormat.Svg), (".dot", GraphFormat.Dot), (".gv", GraphFormat.Dot), (".mmd", GraphFormat.Mermaid),
        (".mermaid", GraphFormat.Mermaid), (".txt", GraphFormat.Tree),
    ];

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

    private readonly CommandOption _all = syntax.Flag(
        "--all", string.Create(CultureInfo.InvariantCulture, $"draw each for itself, also where there are more than {GraphGrouping.MostCertificates} certificates or {GraphGrouping.MostConnections} connections"));

    private readonly OutputOption _output = syntax.Output();

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("graph amy-bob.yaml", "who signs whom, who trusts whom, who must get through to whom"),
        new("graph amy-bob.yaml --steps -o amy-bob.svg", "a picture for browsers, with the steps"),
        new("graph amy-bob.yaml -f mermaid", "for a Markdown page on GitHub or GitLab"),
        new("graph many.yaml --all -o many.svg", "each client, where thousands that are alike would be one box"),
        new("graph amy-bob.yaml -f dot | dot -T pdf -o amy-bob.pdf", "through Graphviz"),
    ];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        GraphFormat? said = _format.HasValue ? _format.Or(GraphFormat.Tree) : FormatOf(_output.File);
        if (said is not { } format)
        {
            return context.Report.Fail(
                ExitCode.Usage,
                $"the name {VisibleText.Quoted(_output.File!)} does not say which format the picture is to have",
                $"end it in {string.Join(", ", _suffixes.Select(known => known.Suffix))}, or say it with -f");
        }

        if (await ScenarioFile.LoadAsync(context, _file.Value!, cancellationToken).ConfigureAwait(false) is not { } scenario)
        {
            return ExitCode.Usage;
        }

        string text = await Computation.RunAsync(scenario, () => Draw(context, scenario, format), cancellationToken).ConfigureAwait(false);
        await _output.WriteAsync(context, text, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private string Draw(ToolContext context, Scenario scenario, GraphFormat format)
    {
        string root = context.Resolve(CertificateFolder.Named(null, scenario));
        var awaited = new AwaitedCertificates(Planner.For(scenario), file => File.Exists(Path.Combine(root, file)));
        ScenarioGraph graph = GraphBuilder.For(
            scenario, _steps.HasValue(), Directory.Exists(root) ? planned => planned.Members.Take(1).Any(awaited.Have) : null);
        return GraphWriter.Write(_all.HasValue() ? graph : GraphGrouping.Of(graph), format, _output.Columns(context));
    }

    /// <summary>The format that a file name says; null where it has an ending that is none of a format.</summary>
    private static GraphFormat? FormatOf(string? file)
    {
        if (Path.GetExtension(file) is not { Length: > 0 } suffix)
        {
            return GraphFormat.Tree;
        }

        foreach ((string known, GraphFormat format) in _suffixes)
        {
            if (string.Equals(known, suffix, StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        return null;
    }
}
