using CliWrap;
using CliWrap.Buffered;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>Runs what a user would paste into a shell.</summary>
internal static class Shell
{
    /// <summary>What such scripts call. A shell that does not find one fails too, and many a test wants to see it fail.</summary>
    private static readonly string[] _programs = ["curl", "dotnet", "go", "java", "javac", "node", "openssl", "python3"];

    /// <summary>Runs a script that must succeed, and returns what it printed.</summary>
    public static async Task<string> SucceedAsync(string folder, string script)
    {
        BufferedCommandResult result = await RunAsync(folder, script);
        return result.ExitCode == 0 ? result.StandardOutput : throw new InvalidOperationException($"{script}: {result.StandardOutput}{result.StandardError}");
    }

    /// <summary>Runs a script with <c>sh</c> and waits for its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="script">The script.</param>
    /// <param name="input">What it reads.</param>
    public static async Task<BufferedCommandResult> RunAsync(string folder, string script, string input = "")
    {
        Needs.Programs([.. script.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Intersect(_programs)]);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        return await Cli.Wrap(Needs.Program("sh"))
            .WithArguments(["-c", script])
            .WithWorkingDirectory(folder)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithEnvironmentVariables(variables => variables.Set("LC_ALL", "C").Set("no_proxy", "localhost"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(timeout.Token);
    }
}
