using System.Collections.Immutable;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Context;

/// <summary>Reads scenario files that the user named.</summary>
internal static class ScenarioFile
{
    /// <summary>
    /// One byte over what a scenario may have: a longer file is reported as too long without being read to its end, which a
    /// device may not have.
    /// </summary>
    private const int MostBytes = (1024 * 1024) + 1;

    private const string UnreadableFile = "unreadable-file";

    /// <summary>
    /// Reads a scenario and prints its faults and warnings. Without a scenario, the command is to return
    /// <see cref="ExitCode.Usage"/>.
    /// </summary>
    /// <exception cref="EnvironmentException">The file cannot be read.</exception>
    public static async Task<Scenario?> LoadAsync(ToolContext context, string file, CancellationToken cancellationToken)
    {
        ScenarioReadResult result = await ReadAsync(context, file, cancellationToken).ConfigureAwait(false);
        if (IsUnreadable(result))
        {
            throw new EnvironmentException($"{VisibleText.Of(file)}: {result.Diagnostics[0].Message}") { File = file };
        }

        context.Report.Diagnostics(result.Diagnostics);
        return result.Scenario;
    }

    /// <summary>Reads a scenario and prints nothing. A file that cannot be read is a fault of its first character.</summary>
    /// <param name="context">Where relative paths and standard input come from.</param>
    /// <param name="file">The file as the user named it; <c>-</c> is standard input.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ScenarioReadResult> ReadAsync(
        ToolContext context, string file, CancellationToken cancellationToken)
    {
        // A terminal or a pipe may keep it waiting, and a read cannot be called off, only left. To do so for a small file
        // costs more than to read it: it starts threads.
        FileInfo? named = IsStandardInput(file) ? null : new FileInfo(context.Resolve(file));
        return named is null || TextFile.MayWait(named) || Computation.IsLong(named)
            ? await Computation.BesideAsync(() => Read(context, file), cancellationToken).ConfigureAwait(false)
            : Read(context, file);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static ScenarioReadResult Read(ToolContext context, string file)
    {
        try
        {
            return ScenarioReader.Read(file, ReadToBound(context, file), context.Time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable(file, Directory.Exists(context.Resolve(file)) ? "it is a folder" : FileFault.Of(exception));
        }
    }

    /// <summary>The folder to which what a scenario names is relative: its own or, of standard input, the current one.</summary>
    public static string FolderOf(ToolContext context, string file) =>
        IsStandardInput(file) ? context.Resolve(".") : Path.GetDirectoryName(context.Resolve(file))!;

    /// <summary>Whether the file could not be read, which is nothing that the scenario could be blamed for.</summary>
    public static bool IsUnreadable(ScenarioReadResult result) => result.Diagnostics is [{ Code: UnreadableFile }];

    private static bool IsStandardInput(string file) => string.Equals(file, "-", StringComparison.Ordinal);

    private static ReadOnlyMemory<byte> ReadToBound(ToolContext context, string file)
    {
        if (IsStandardInput(file))
        {
            return ReadToBound(context.Input);
        }

        using FileStream stream = File.OpenRead(context.Resolve(file));
        return ReadToBound(stream);
    }

    private static ReadOnlyMemory<byte> ReadToBound(Stream stream)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0 || length == MostBytes)
            {
                return buffer.AsMemory(0, length);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, MostBytes));
            }
        }
    }

    private static ScenarioReadResult Unreadable(string file, string why)
    {
        string message = $"the file cannot be read: {why}";
        return new ScenarioReadResult(
            null,
            ImmutableArray.Create(
                new Diagnostic(file, SourcePosition.Start, DiagnosticSeverity.Error, UnreadableFile, message)));
    }
}
