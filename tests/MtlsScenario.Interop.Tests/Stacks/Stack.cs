using MtlsScenario.Tool.Context;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>The programs that play an end of a connection, by the words that <c>--stack</c> takes.</summary>
internal static class Stack
{
    /// <summary>Whether a test can play an end with it.</summary>
    public static bool IsInstalled(string word) => Program(word) is not { } program || Needs.IsInstalled(program);

    /// <summary>Without it the test is a skip.</summary>
    public static void Needed(string word)
    {
        // Where .NET cannot be an end, openssl takes its place.
        Needs.Program(Program(word) ?? "openssl");
    }

    /// <summary>What is around trials: this process's PATH.</summary>
    /// <param name="folder">Where relative paths start.</param>
    public static ToolContext Context(string folder) => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Input = Stream.Null,
        Time = TimeProvider.System,
        WorkingDirectory = folder,
        Environment = Environment.GetEnvironmentVariable,
    };

    /// <summary>Java needs its compiler, for it plays from source.</summary>
    private static string? Program(string word) => word switch
    {
        "dotnet" => null,
        "java" => "javac",
        "python" => "python3",
        _ => word,
    };
}
