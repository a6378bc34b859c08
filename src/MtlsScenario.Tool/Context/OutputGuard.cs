using System.Text;
using MtlsScenario.Diagnostics;
using MtlsScenario.Stores;
using MtlsScenario.Syntax;

namespace MtlsScenario.Tool.Context;

/// <summary>Says of a file that is to be written whether it may replace what is there: never a scenario, a key or a certificate.</summary>
internal static class OutputGuard
{
    /// <summary>A scenario has no more, and of a longer file the beginning tells what it is.</summary>
    private const int MostBytes = (1 << 20) + 1;

    /// <summary>The keys by one of which a mapping is taken for a scenario, whatever else is wrong with it.</summary>
    private static readonly string[] _scenarioKeys = ["authorities", "parties", "connections"];

    /// <summary>Whether two names, as the user wrote them, lead to one file, which need not be there.</summary>
    /// <remarks>
    /// Where they differ in case alone, that depends on the file system, and nobody means two files. Of two hard links only
    /// the one that is named is replaced, so they count as two.
    /// </remarks>
    public static bool IsSame(ToolContext context, string one, string other) =>
        string.Equals(Place(context, one), Place(context, other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the file must not be replaced, as "holds a key", or null where it may be, or is not there.</summary>
    /// <param name="path">An absolute path; a link stands for what it leads to.</param>
    public static string? Obstacle(string path)
    {
        try
        {
            // What has no length is empty, a device or a pipe, which is written into; to open a pipe would disturb it.
            if (new FileInfo(Target(path)) is not { Exists: true, Length: > 0 } file)
            {
                return null;
            }

            using FileStream stream = file.OpenRead();
            byte[] bytes = new byte[(int)Math.Min(stream.Length, MostBytes)];
            return Obstacle(bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (UnauthorizedAccessException)
        {
            return "may not be read, so it may be a key";
        }
    }

    /// <summary>Whether this is a key, a certificate or something else that is no text, or has one in it.</summary>
    public static bool IsKeyOrCertificate(ReadOnlySpan<byte> bytes) =>
        bytes.Contains((byte)0) || bytes.IndexOf("-----BEGIN "u8) >= 0 || KubernetesReader.IsManifest(bytes);

    private static string? Obstacle(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.IndexOf("-----BEGIN "u8) is >= 0 and var start ? $"holds a key or a certificate in line {bytes.Span[..start].Count((byte)'\n') + 1}"
        : IsKeyOrCertificate(bytes.Span) ? "holds a key or a certificate"
        : IsScenario(bytes) ? "is a scenario"
        : null;

    /// <summary>A scenario that is being written may be no YAML yet, but its sections begin their lines.</summary>
    private static bool IsScenario(ReadOnlyMemory<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes.Span);
        return text.Split('\n').Any(line => _scenarioKeys.Any(key => line.StartsWith($"{key}:", StringComparison.Ordinal)))
            || (_scenarioKeys.Any(key => text.Contains(key, StringComparison.Ordinal))
                && DocumentReader.Read(bytes, new FaultList("")) is MappingNode mapping
                && mapping.Entries.Any(entry => _scenarioKeys.Contains(entry.Key.Value)));
    }

    private static string Place(ToolContext context, string file) => file == "-" ? file : Target(context.Resolve(file));

    /// <summary>The path with all links followed, of its folder too; the last part need not be there.</summary>
    private static string Target(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null)
        {
            return path;
        }

        string place = Path.Combine(Target(folder), Path.GetFileName(path));
        try
        {
            FileSystemInfo? target = new FileInfo(place).ResolveLinkTarget(returnFinalTarget: true);
            return target is null ? place : Target(target.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link to itself, or where nobody may look, which whoever opens it complains of.
            return place;
        }
    }
}
