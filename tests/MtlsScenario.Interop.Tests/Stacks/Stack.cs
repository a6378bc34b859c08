using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Planning;
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
    /// <param name="scenario">What is tried, where that matters.</param>
    public static ToolContext Context(string folder, Scenario? scenario = null) => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Input = Stream.Null,
        Time = TimeProvider.System,
        WorkingDirectory = folder,
        Environment = scenario is null ? Environment.GetEnvironmentVariable : EnvironmentFor(scenario),
    };

    /// <summary>Java needs its compiler, for it plays from source.</summary>
    private static string? Program(string word) => word switch
    {
        "dotnet" => null,
        "java" => "javac",
        "python" => "python3",
        _ => word,
    };

    /// <summary>The environment in which a scenario is tried: an openssl with ML-DSA is named where there are such keys.</summary>
    public static Func<string, string?> EnvironmentFor(Scenario scenario) => NeedsMlDsa(scenario) && Needs.IsInstalled(OpenSslPrograms.Of("3.5"))
        ? name => name == "OPENSSL" ? OpenSslPrograms.Of("3.5") : Environment.GetEnvironmentVariable(name)
        : Environment.GetEnvironmentVariable;

    /// <summary>Whether any key of a scenario is an ML-DSA one.</summary>
    public static bool NeedsMlDsa(Scenario scenario) => OpenSslFacts.NeedsMlDsa(Planner.For(scenario));
}
