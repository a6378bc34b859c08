using System.Text;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>
/// The two files of a snapshot, named, read and written as Verify does it: written in UTF-8 with a byte order mark, with
/// <c>\n</c> and without a newline at the end; read also without the mark, with <c>\r\n</c>, and with one newline at the end.
/// </summary>
/// <param name="context">Where relative paths start.</param>
/// <param name="scenarioFile">The scenario as the user named it; of standard input the working directory has the files.</param>
/// <param name="name">The scenario's name.</param>
internal sealed class SnapshotFiles(ToolContext context, string scenarioFile, string name)
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly string _folder = scenarioFile == "-" ? "" : Path.GetDirectoryName(scenarioFile) ?? "";

    /// <summary>The accepted layout, as a path that the user knows.</summary>
    public string Verified => Path.Combine(_folder, $"{name}.verified.txt");

    /// <summary>The layout that was not accepted.</summary>
    public string Received => Path.Combine(_folder, $"{name}.received.txt");

    /// <summary>The accepted layout; null where there is none. An empty file is none, and is deleted.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            string text = await File
                .ReadAllTextAsync(context.Resolve(Verified), Encoding.UTF8, cancellationToken)
                .ConfigureAwait(false);
            if (text.Length == 0)
            {
                File.Delete(context.Resolve(Verified));
                return null;
            }

            text = text.ReplaceLineEndings("\n");
            return text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EnvironmentException($"{VisibleText.Of(Verified)} cannot be read: {FileFault.Of(exception)}");
        }
    }

    /// <summary>Leaves no received file, and keeps the layout where it is new.</summary>
    public async Task AcceptAsync(string? layout, CancellationToken cancellationToken)
    {
        if (layout is not null)
        {
            await TextFile.WriteAsync(context.Resolve(Verified), ByteOrderMark + layout, cancellationToken).ConfigureAwait(false);
        }

        File.Delete(context.Resolve(Received));
    }

    /// <summary>Writes the received file.</summary>
    public Task RejectAsync(string layout, CancellationToken cancellationToken) =>
        TextFile.WriteAsync(context.Resolve(Received), ByteOrderMark + layout, cancellationToken);
}
