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

    private static string? Program(string word) => word == "dotnet" ? null : word;
}
