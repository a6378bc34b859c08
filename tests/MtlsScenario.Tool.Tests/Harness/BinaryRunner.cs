using CliWrap;
using CliWrap.Buffered;

namespace MtlsScenario.Tool.Tests;

/// <summary>Runs the tool as a process of its own.</summary>
internal static class BinaryRunner
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);

    /// <summary>Runs the binary and returns what it gave.</summary>
    public static async Task<ToolRun> RunAsync(string binary, string folder, string input, string[] arguments)
    {
        using CancellationTokenSource limit = new(_limit);
        BufferedCommandResult result = await Cli.Wrap(binary)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(limit.Token);
        return new ToolRun(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
