using System.Diagnostics;

namespace MtlsScenario.Tool.Tests;

/// <summary>Shell scripts that stand in for programs.</summary>
public static class StandIn
{
    /// <summary>
    /// Writes one that can be run. Another process writes the file: while this one had it open, any child that another test happens to
    /// start would have it open too until it becomes its program, and what somebody has open for writing cannot be run ("text file busy").
    /// </summary>
    /// <returns>The path.</returns>
    public static string Write(string path, string body)
    {
        string text = $"{path}.text";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(text, $"#!/bin/sh\n{body}\n");
        using (Process copying = Process.Start("install", ["-m", "755", text, path]))
        {
            copying.WaitForExit();
            if (copying.ExitCode != 0)
            {
                throw new IOException($"install ended with {copying.ExitCode}.");
            }
        }

        File.Delete(text);
        return path;
    }
}
