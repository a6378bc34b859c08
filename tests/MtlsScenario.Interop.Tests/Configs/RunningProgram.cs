using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MtlsScenario.Interop.Tests.Configs;

/// <summary>A program that runs until the test ends, and what it said.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private RunningProgram(Process process) => _process = process;

    /// <summary>What it said so far, on both streams.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts a program that will listen, and waits until it does.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="port">The port of localhost on which it will listen.</param>
    /// <param name="command">The program and its arguments.</param>
    public static async Task<RunningProgram> StartServerAsync(string folder, int port, params string[] command)
    {
        var program = new RunningProgram(new Process
        {
            StartInfo = new ProcessStartInfo(Needs.Program(command[0]), command.Skip(1))
            {
                WorkingDirectory = folder,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        });
        program._process.OutputDataReceived += (_, line) => program.Hear(line.Data);
        program._process.ErrorDataReceived += (_, line) => program.Hear(line.Data);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        try
        {
            await program.WaitForPortAsync(port);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }

        return program;
    }

    /// <summary>Waits until it has said something so often.</summary>
    public async Task WaitUntilSaidAsync(string words, int times = 1)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Said.Split(words).Length <= times)
        {
            if (_process.HasExited)
            {
                // What it said last may still be on its way.
                await _process.WaitForExitAsync(timeout.Token);
                Assert.True(Said.Split(words).Length > times, $"{_process.StartInfo.FileName} has ended, and does not say \"{words}\":\n{Said}");
                return;
            }

            await pause.WaitForNextTickAsync(timeout.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitForPortAsync(int port)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("localhost", port, timeout.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await pause.WaitForNextTickAsync(timeout.Token);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                throw new InvalidOperationException($"{_process.StartInfo.FileName} does not listen. It said:\n{Said}", exception);
            }
        }
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Append(line).Append('\n');
        }
    }
}
