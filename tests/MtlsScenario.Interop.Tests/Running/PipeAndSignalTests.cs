using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Interop.Tests.Applying;
using MtlsScenario.Interop.Tests.Serving;
using Xunit;

namespace MtlsScenario.Interop.Tests.Running;

/// <summary>The tool among pipes that never end, disks that are full and signals.</summary>
public sealed class PipeAndSignalTests : IDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private readonly ToolFolder _folder = new();

    public PipeAndSignalTests() => File.Copy(ShippedScenarios.FileOf("amy-bob"), _folder.At("amy-bob.yaml"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SigTerm, "apply", "pipe")]
    [InlineData(SigInt, "apply", "pipe")]
    [InlineData(SigTerm, "show", "pipe")]
    [InlineData(SigTerm, "schema", "-o", "pipe")]
    public async Task A_pipe_that_nobody_opens_at_the_other_end_is_left_at_the_first_signal(int signal, params string[] arguments)
    {
        await Cli.Wrap("mkfifo").WithArguments(_folder.At("pipe")).ExecuteAsync();
        using Process tool = Start(arguments);
        await UntilAsync(() => Directory.EnumerateDirectories($"/proc/{tool.Id}/task").Any(thread => Read($"{thread}/wchan") == "wait_for_partner"));

        await SignalAsync(tool, signal);

        Assert.Equal(130, await ExitCodeAsync(tool));
    }

    [Theory]
    [InlineData(SigTerm)]
    [InlineData(SigInt)]
    public async Task A_scenario_from_a_pipe_that_does_not_end_is_left_at_the_first_signal(int signal)
    {
        await Cli.Wrap("mkfifo").WithArguments(_folder.At("pipe")).ExecuteAsync();
        using Process tool = Start("apply", "pipe");

        // That opens as soon as the tool reads.
        await using (FileStream writer = await Task.Run(() => File.OpenWrite(_folder.At("pipe"))).WaitAsync(s_patience))
        {
            writer.Write("name: x\n"u8);
            writer.Flush();
            await SignalAsync(tool, signal);

            Assert.Equal(130, await ExitCodeAsync(tool));
        }

        Assert.Equal(["amy-bob.yaml", "pipe"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("graph <(cat amy-bob.yaml)", 0)]
    [InlineData("show <(cat amy-bob.yaml)", 0)]
    [InlineData("graph nothing.yaml", 3)]
    [InlineData("apply .", 3)]
    [InlineData("nonsense", 2)]
    [InlineData("graph nothing.yaml 2>/dev/full", 3)]
    [InlineData("nonsense 2>/dev/full", 2)]
    [InlineData("show amy-bob.yaml 2>/dev/full", 0)]
    [InlineData("schema >/dev/full", 3)]
    [InlineData("schema >/dev/full 2>/dev/full", 3)]
    [InlineData("schema -o /dev/full", 3)]
    [InlineData("graph nothing.yaml --json >/dev/full", 2)]
    [InlineData("show nothing.yaml --json >/dev/full", 3)]
    public async Task The_exit_code_is_what_it_would_be_if_everything_could_be_said(string command, int exitCode)
    {
        BufferedCommandResult result = await Cli.Wrap(Needs.Program("bash"))
            .WithArguments(["-c", $"dotnet '{ToolFolder.Tool}' {command}"])
            .WithWorkingDirectory(_folder.Root)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

        Assert.Equal(exitCode, result.ExitCode);
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [ToolFolder.Tool, .. arguments])
    {
        WorkingDirectory = _folder.Root,
        RedirectStandardError = true,
        RedirectStandardOutput = true,

        // A debugger's pipe is one that nobody opens, too.
        Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
    })!;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timeout = new CancellationTokenSource(s_patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo())
        {
            await pause.WaitForNextTickAsync(timeout.Token);
        }
    }

    /// <summary>What the kernel says of a thread, which may have ended meanwhile.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task SignalAsync(Process tool, int signal) =>
        await Cli.Wrap(Needs.Program("kill")).WithArguments([$"-{signal}", tool.Id.ToString(CultureInfo.InvariantCulture)]).ExecuteAsync();

    private static async Task<int> ExitCodeAsync(Process tool)
    {
        using var timeout = new CancellationTokenSource(s_patience);
        try
        {
            await tool.WaitForExitAsync(timeout.Token);
            return tool.ExitCode;
        }
        finally
        {
            tool.Kill();
        }
    }
}
