using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Stacks;

/// <summary>Where the files of a program have no place, nothing is known of a connection.</summary>
public sealed class NoPlaceTests
{
    [Theory]
    [InlineData("openssl")]
    [InlineData("node")]
    [InlineData("curl")]
    [InlineData("nginx")]
    [InlineData("java")]
    [InlineData("go")]
    [InlineData("python")]
    public async Task A_folder_of_temporary_files_that_is_not_there_is_no_failed_handshake(string stack)
    {
        Stack.Needed(stack);
        using var folder = new ToolFolder();

        BufferedCommandResult result = await Cli.Wrap("dotnet")
            .WithArguments([ToolFolder.Tool, "test", ShippedScenarios.FileOf("amy-bob"), "--stack", stack])
            .WithWorkingDirectory(folder.Root)
            .WithEnvironmentVariables(variables => variables.Set("TMPDIR", folder.At("missing")))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.Equal((3, ""), (result.ExitCode, result.StandardOutput));
        Assert.StartsWith($"error: in {folder.At("missing")}/ no file can be made", result.StandardError, StringComparison.Ordinal);
        Assert.EndsWith("\n  hint: TMPDIR names another folder for temporary files\n", result.StandardError, StringComparison.Ordinal);
    }
}
