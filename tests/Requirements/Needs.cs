namespace MtlsScenario.Requirements;

/// <summary>What a test needs besides the .NET SDK. Where it is missing, the test ends there as a skip.</summary>
internal static class Needs
{
    /// <summary>Whether a skip is a failure, as it is where <c>tests/run.sh</c> has set everything up.</summary>
    public static bool All { get; } = Environment.GetEnvironmentVariable("MTLS_SCENARIO_REQUIRE") == "all";

    /// <summary>A program in the path, or a file that can be run.</summary>
    /// <returns>Its name, as it was given.</returns>
    public static string Program(string name)
    {
        That(IsInstalled(name), $"the program {name}");
        return name;
    }

    /// <summary>Several programs in the path.</summary>
    public static void Programs(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            Program(name);
        }
    }

    /// <summary>The right to mount a file system and to become somebody else.</summary>
    public static void Root() => That(Environment.IsPrivilegedProcess, "the rights of root");

    /// <summary>Ends the test as a skip unless something is so.</summary>
    /// <param name="isSo">Whether it is there.</param>
    /// <param name="what">What it is.</param>
    public static void That(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new MissingException(what);
        }
    }

    /// <summary>Ends the test as a skip unless something is so, also where all else must be there: not every machine can have it.</summary>
    /// <param name="isSo">Whether it is there.</param>
    /// <param name="what">What it is.</param>
    public static void IfPossible(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new ImpossibleException(what);
        }
    }

    /// <summary>Whether a program is in the path, or is a file.</summary>
    public static bool IsInstalled(string name) => name.Contains('/', StringComparison.Ordinal)
        ? File.Exists(name)
        : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
}
