using System.Collections.Immutable;
using System.Text;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>init [TEMPLATE] [-o FILE]</c>: writes a scenario to start from.</summary>
internal sealed class InitCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _template = syntax.Optional(
        "TEMPLATE", "what to start from; single-ca by default", Completion.Of([.. ScenarioTemplate.All.Select(template => template.Name)]));

    private readonly CommandOption _output = syntax.Value(
        "-o|--out <FILE>", "the file, which must not exist; by default NAME.yaml here, - is standard output", Completion.File);

    private readonly CommandOption _list = syntax.Flag("--list", "list the templates");

    /// <inheritdoc/>
    public override ImmutableArray<Example> Examples =>
    [
        new("init", "write amy-bob.yaml: two parties and one CA"),
        new("init peers -o mesh.yaml", "write a scenario of services that call each other"),
        new("init --list", "say what else there is"),
    ];

    /// <inheritdoc/>
    public override string Remarks =>
        "Templates:\n" + string.Concat(ScenarioTemplate.All.Select(template => $"  {template.Name,-14}{template.Summary}\n"));

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        if (_list.HasValue())
        {
            context.Report.Result(string.Concat(ScenarioTemplate.All.Select(template => $"{template.Name,-14}{template.Summary}\n")));
            return ExitCode.Success;
        }

        ScenarioTemplate chosen = ScenarioTemplate.All.First(template => template.Name == (_template.Value ?? ScenarioTemplate.All[0].Name));
        string file = _output.Value() ?? $"{chosen.Scenario}.yaml";
        if (string.Equals(file, "-", StringComparison.Ordinal))
        {
            context.Report.Result(chosen.ReadText());
            return ExitCode.Success;
        }

        await WriteNewAsync(context.Resolve(file), file, chosen.ReadText(), cancellationToken).ConfigureAwait(false);
        context.Report.Outcome($"Wrote {VisibleText.Of(file)}. Next: {new ScenarioPlace(file, Folder: null).Command("apply")}");
        return ExitCode.Success;
    }

    private static async Task WriteNewAsync(string path, string name, string text, CancellationToken cancellationToken)
    {
        string shown = VisibleText.Of(name);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (DirectoryNotFoundException)
        {
            throw new EnvironmentException($"cannot write {shown}: its folder does not exist");
        }
        catch (IOException) when (Path.Exists(path))
        {
            throw new EnvironmentException($"{shown} is there already, and is left as it is", "name another file with -o");
        }

        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
