using System.Collections.Immutable;
using System.Diagnostics;
using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Tool.CommandLine;
using MtlsScenario.Tool.Context;
using MtlsScenario.Tool.Shells;

namespace MtlsScenario.Tool.Commands;

/// <summary><c>completion SHELL</c>.</summary>
internal sealed class CompletionCommand(CommandSyntax syntax) : Command
{
    private readonly CommandArgument _shell = syntax.Required(
        "SHELL", "bash, zsh or fish", Completion.Of(["bash", "zsh", "fish"]));

    private readonly OutputOption _output = syntax.Output();

    public override ImmutableArray<Example> Examples =>
    [
        new("completion bash -o ~/.local/share/bash-completion/completions/mtls-scenario", "for bash, from the next shell on"),
        new("completion zsh -o ~/.zfunc/_mtls-scenario", "for zsh, where ~/.zfunc is in fpath"),
        new("completion fish -o ~/.config/fish/completions/mtls-scenario.fish", "for fish"),
    ];

    public override async Task<ExitCode> RunAsync(ToolContext context, CancellationToken cancellationToken)
    {
        ImmutableArray<BoundCommand> commands = [.. CommandCatalog.Entries.Select(entry => new BoundCommand(entry))];
        try
        {
            string script = _shell.Value switch
            {
                "bash" => BashCompletion.Of(commands),
                "zsh" => ZshCompletion.Of(commands),
                "fish" => FishCompletion.Of(commands),
                _ => throw new UnreachableException(),
            };
            await _output.WriteAsync(context, script, cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        finally
        {
            foreach (BoundCommand command in commands)
            {
                command.Dispose();
            }
        }
    }
}
