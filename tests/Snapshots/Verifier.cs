using System.Runtime.CompilerServices;
using System.Text;

namespace VerifyXunit;

/// <summary>
/// A stand-in for Verify: compares a text with <c>NAME.verified.txt</c> beside the test, and where they differ
/// leaves <c>NAME.received.txt</c> and fails.
/// </summary>
public static class Verifier
{
    /// <summary>Compares <paramref name="target"/> with its snapshot.</summary>
    /// <exception cref="VerifyException">They differ, or there is no snapshot yet.</exception>
    public static Task Verify(
        string? target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string method = "")
    {
        settings ??= new VerifySettings();
        string folder = Path.GetDirectoryName(sourceFile)!;
        if (settings.Directory is { } directory)
        {
            folder = Path.GetFullPath(Path.Combine(folder, directory));
        }

        string name = settings.FileName ?? $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}";
        string verifiedFile = Path.Combine(folder, name + ".verified.txt");
        string receivedFile = Path.Combine(folder, name + ".received.txt");
        string received = WithPlainNewlines(target ?? "null");
        string? verified = Read(verifiedFile);
        if (verified == received || verified == received + "\n")
        {
            File.Delete(receivedFile);
            return Task.CompletedTask;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(receivedFile, received, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        throw new VerifyException(Describe(receivedFile, verifiedFile, received, verified));
    }

    /// <summary>The accepted text; null where there is none. An empty file is none, and is deleted.</summary>
    private static string? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        if (new FileInfo(file).Length == 0)
        {
            File.Delete(file);
            return null;
        }

        return WithPlainNewlines(File.ReadAllText(file));
    }

    private static string Describe(string receivedFile, string verifiedFile, string received, string? verified)
    {
        if (verified is null)
        {
            return $"New: {receivedFile}\nThere is no {Path.GetFileName(verifiedFile)} yet. Received:\n{received}";
        }

        string[] was = verified.Split('\n');
        string[] now = received.Split('\n');
        int line = 0;
        while (line < was.Length && line < now.Length && string.Equals(was[line], now[line], StringComparison.Ordinal))
        {
            line++;
        }

        static string Line(string[] lines, int index) => index < lines.Length ? lines[index] : "(the end)";
        return $"NotEqual: {receivedFile}\nLine {line + 1}\n  verified: {Line(was, line)}\n  received: {Line(now, line)}";
    }

    private static string WithPlainNewlines(string text) => text.ReplaceLineEndings("\n");
}
