using MtlsScenario.Interop.Tests.Scripting;
using MtlsScenario.Model;
using MtlsScenario.Planning;

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

    /// <summary>The environment in which a scenario is tried: an openssl with ML-DSA is named where there are such keys.</summary>
    public static Func<string, string?> EnvironmentFor(Scenario scenario) => NeedsMlDsa(scenario) && Needs.IsInstalled(OpenSslPrograms.Of("3.5"))
        ? name => name == "OPENSSL" ? OpenSslPrograms.Of("3.5") : Environment.GetEnvironmentVariable(name)
        : Environment.GetEnvironmentVariable;

    /// <summary>Whether any key of a scenario is an ML-DSA one.</summary>
    public static bool NeedsMlDsa(Scenario scenario) => OpenSslFacts.NeedsMlDsa(Planner.For(scenario));

    private static string? Program(string word) => word == "dotnet" ? null : word;
}
