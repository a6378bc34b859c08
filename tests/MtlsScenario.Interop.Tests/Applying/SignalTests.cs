using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using MtlsScenario.Tool.Tests;
using Xunit;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>
/// Whatever asks it to end while another program works for it: that program ends too, and no copy of a key is left. The
/// program tells by a pipe that it is at work, and waits at another.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class SignalTests : ProgramTest
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);

    public SignalTests()
        : base("signals")
    {
        Directory.CreateDirectory(At("tmp"));
        Directory.CreateDirectory(At("bin"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task The_script_ends_with_apply_and_the_next_run_is_not_hindered(string signal)
    {
        Needs.Programs("sh", "openssl", "kill");
        await StubAsync("ca");
        (CommandTask<BufferedCommandResult> run, string[] openssl) = await StartAsync(_tool, "apply", "signals.yaml", "--engine", "openssl");

        BufferedCommandResult ended = await SignalAsync(signal, run);

        Assert.Equal((130, "error: cancelled\n"), (ended.ExitCode, ended.StandardError));
        await EndOfAsync(openssl);
        Assert.Empty(Directory.GetFileSystemEntries(At("signals")));
        Assert.Empty(Directory.GetFileSystemEntries(At("tmp"), "mtls-scenario-*"));
        File.Delete(At("bin/openssl"));
        Assert.Equal(0, (await Start(_tool, "apply", "signals.yaml", "--engine", "openssl")).ExitCode);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task The_servers_end_with_test_and_the_copies_of_keys_are_gone(string signal)
    {
        Needs.Programs("sh", "openssl");
        await StubAsync("s_server");
        (CommandTask<BufferedCommandResult> run, string[] servers) = await StartAsync(_tool, "test", "signals.yaml", "--stack", "openssl");
        Assert.NotEmpty(Directory.GetFiles(At("tmp"), "own.key", SearchOption.AllDirectories));

        BufferedCommandResult ended = await SignalAsync(signal, run);

        Assert.Equal((130, "error: cancelled\n"), (ended.ExitCode, ended.StandardError));
        await EndOfAsync(servers);
        Assert.Empty(Directory.GetFileSystemEntries(At("tmp"), "mtls-scenario-*"));
    }

    [Fact]
    public async Task Under_nohup_the_end_of_the_terminal_is_not_its_own()
    {
        Needs.Programs("sh", "openssl");
        await StubAsync("ca");
        (CommandTask<BufferedCommandResult> run, _) = await StartAsync("nohup", _tool, "apply", "signals.yaml", "--engine", "openssl");

        await Cli.Wrap(Needs.Program("kill")).WithArguments(["-HUP", Id(run)]).ExecuteAsync();
        File.Delete(At("bin/openssl"));
        await using (FileStream goOn = File.OpenWrite(At("wait")))
        {
        }

        BufferedCommandResult ended = await run.Task.WaitAsync(_limit);
        Assert.Equal(3, ended.ExitCode);
        Assert.Contains("error: the script stopped: ", ended.StandardError, StringComparison.Ordinal);
    }

    private static string Id(CommandTask<BufferedCommandResult> run) => run.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>An openssl that waits where it is asked for one thing.</summary>
    private async Task StubAsync(string command)
    {
        await Cli.Wrap("mkfifo").WithArguments([At("ready"), At("wait")]).ExecuteAsync();
        StandIn.Write(
            At("bin/openssl"),
            $"""
            case $1 in {command}) echo $$ >{At("ready")}; exec cat {At("wait")} no-such-file ;; esac
            PATH=$REST exec openssl "$@"
            """);
    }

    private CommandTask<BufferedCommandResult> Start(string program, params string[] arguments)
    {
        string rest = Environment.GetEnvironmentVariable("PATH")!;
        return Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(_folder)
            .WithEnvironmentVariables(variables => variables
                .Set("TMPDIR", At("tmp")).Set("PATH", $"{At("bin")}:{rest}").Set("REST", rest).Set("OPENSSL", null))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
    }

    /// <summary>Starts it, and waits until openssl is at work, once or several times at once.</summary>
    private async Task<(CommandTask<BufferedCommandResult> Run, string[] OpenSsl)> StartAsync(string program, params string[] arguments)
    {
        CommandTask<BufferedCommandResult> run = Start(program, arguments);
        Task<string> ready = Task.Run(() => File.ReadAllText(At("ready")));
        return (run, (await ready.WaitAsync(_limit)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Processes that were killed end soon; others would not. One that nobody has asked for yet is at its end, too.</summary>
    private static async Task EndOfAsync(string[] processes)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (processes.Any(process => File.Exists($"/proc/{process}/status")
            && !Regex.IsMatch(File.ReadAllText($"/proc/{process}/status"), @"^State:\s+[ZX]", RegexOptions.Multiline)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<BufferedCommandResult> SignalAsync(string signal, CommandTask<BufferedCommandResult> run)
    {
        await Cli.Wrap(Needs.Program("kill")).WithArguments([$"-{signal}", Id(run)]).ExecuteAsync();
        return await run.Task.WaitAsync(_limit);
    }
}
