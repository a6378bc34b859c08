using McMaster.Extensions.CommandLineUtils;
using MtlsScenario.Tool.Context;

namespace MtlsScenario.Tool.CommandLine;

/// <summary><c>-o, --out FILE</c>: where a text goes.</summary>
internal sealed class OutputOption(CommandOption option)
{
    /// <summary>The file as the user called it, or null for standard output.</summary>
    public string? File => option.Value();

    /// <summary>How many columns the lines of the text may have: what goes into a file is the same everywhere.</summary>
    public int Columns(ToolContext context) => File is null ? context.Columns : ToolContext.FileColumns;

    /// <summary>
    /// Writes the text to standard output, or to the file: whole or not at all, in place of what was there.
    /// What is no regular file, such as <c>/dev/stderr</c> or a named pipe, is written into.
    /// </summary>
    /// <param name="context">Where standard output is.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="isSecret">Whether the file is for its owner alone.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task WriteAsync(ToolContext context, string text, CancellationToken cancellationToken, bool isSecret = false)
    {
        if (File is not { } file || string.Equals(file, "-", StringComparison.Ordinal))
        {
            context.Report.Result(text);
            return;
        }

        await TextFile.WriteAsync(context.Resolve(file), text, cancellationToken, isSecret).ConfigureAwait(false);
    }
}
