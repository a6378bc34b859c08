using MtlsScenario.Diagnostics;

namespace MtlsScenario.Tool.Context;

/// <summary>Writes a text to a file that the user named.</summary>
internal static class TextFile
{
    /// <summary>
    /// Puts the text in place of the file in one step, with the mode that the file had. Into a device or a named pipe it is
    /// written.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="isSecret">Whether it is for its owner alone, whatever mode the file had.</param>
    /// <exception cref="EnvironmentException">
    /// It cannot be written, or what is there must stay (<see cref="OutputGuard"/>); it is unchanged.
    /// </exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken, bool isSecret = false)
    {
        RequireReplaceable(path);
        if (await TryWriteIntoAsync(path, text, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // The file behind a link is replaced, not the link.
        string target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        string folder = Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(folder) || Directory.Exists(target))
        {
            string why = Directory.Exists(target) ? "it is a folder" : "its folder does not exist";
            throw new EnvironmentException($"cannot write {VisibleText.Of(path)}: {why}");
        }

        string temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            if (isSecret)
            {
                await WriteSecretAsync(temporary, text, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await File.WriteAllTextAsync(temporary, text, cancellationToken).ConfigureAwait(false);
            }

            if (!isSecret && !OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write {VisibleText.Of(path)}: {FileFault.Of(exception)}");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes sure that what is there may be replaced. Who writes several files asks for all of them first.</summary>
    /// <exception cref="EnvironmentException">It must stay.</exception>
    public static void RequireReplaceable(string path)
    {
        if (OutputGuard.Obstacle(path) is { } why)
        {
            throw new EnvironmentException($"{VisibleText.Of(path)} {why}, and is left as it is", "move it away, or name another place");
        }
    }

    /// <summary>
    /// Whether to open the file may take for ever, as it does where a pipe has nobody at its other end. .NET has no way to ask
    /// for the kind, but what has a length is none; and of a link it tells the link's length.
    /// </summary>
    public static bool MayWait(FileInfo file) => file.Exists && (file.Length == 0 || file.LinkTarget is not null);

    /// <summary>Writes a new file that nobody else can open at any moment.</summary>
    private static async Task WriteSecretAsync(string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        StreamWriter writer = new(path, options);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> TryWriteIntoAsync(string path, string text, CancellationToken cancellationToken)
    {
        bool isDevice = path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return false;
        }

        // The link behind /dev/stdout names a pipe that has no place among the files.
        if (!isDevice && !File.Exists(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path))
        {
            return false;
        }

        // Nobody may read at the other end of a pipe, and what waits for that cannot be called off, only left.
        return MayWait(new FileInfo(path))
            ? await Task.Run(() => WriteIntoAsync(path, isDevice, text, cancellationToken), CancellationToken.None)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false)
            : await WriteIntoAsync(path, isDevice, text, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> WriteIntoAsync(string path, bool isDevice, string text, CancellationToken cancellationToken)
    {
        // .NET has no way to ask whether a file is a pipe, but a pipe cannot seek.
        FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        await using (stream.ConfigureAwait(false))
        {
            if (!isDevice && stream.CanSeek)
            {
                return false;
            }

            StreamWriter writer = new(stream, leaveOpen: true);
            await using (writer.ConfigureAwait(false))
            {
                await writer.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
    }
}
