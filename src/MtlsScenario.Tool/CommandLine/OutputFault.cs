using MtlsScenario.Diagnostics;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>Looks at the files that a command line is to write, all together: none may take the place of what the same run reads or writes besides.</summary>
internal static class OutputFault
{
    /// <summary>What is wrong with the output files of a command line, before anything is done; null where nothing is.</summary>
    public static UsageFault? Find(ToolContext context, CommandSyntax syntax)
    {
        // Where --out is not said, standard output has the text.
        (string Name, string File)[] outputs =
        [
            .. syntax.Options
                .Where(declared => declared.IsOutput && (declared.Option.HasValue() || declared.Option.LongName == "out"))
                .Select(declared => ($"--{declared.Option.LongName}", declared.Option.Value() ?? "-")),
        ];
        string[] inputs =
        [
            .. syntax.Arguments
                .Where(declared => declared.Completion.Kind is CompletionKind.ScenarioFile or CompletionKind.File)
                .SelectMany(declared => declared.Argument.Values.OfType<string>())
                .Where(file => file != "-"),
        ];
        foreach ((int index, (string name, string file)) in outputs.Index())
        {
            string? why = file == "-" ? null
                : inputs.Any(input => OutputGuard.IsSame(context, input, file)) ? "is what is read"
                : OutputGuard.Obstacle(context.Resolve(file));
            if (why is not null)
            {
                return new UsageFault($"{name}: {VisibleText.Of(file)} {why}, and is left as it is", "move it away, or name another file");
            }

            if (outputs[..index].FirstOrDefault(other => OutputGuard.IsSame(context, other.File, file)) is { Name: { } other })
            {
                return new UsageFault(
                    $"{other} and {name} would go to one place, {(file == "-" ? "standard output" : VisibleText.Of(file))}", "name a file for each");
            }
        }

        return null;
    }
}
