using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace MtlsScenario.Interop.Tests.Serving;

/// <summary>The tool's <c>serve</c>, as a process of its own.</summary>
internal sealed class ToolServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly List<string> _printed = [];

    private ToolServer(Process process) => _process = process;

    /// <summary>The port on which it listens.</summary>
    public int Port { get; private set; }

    /// <summary>The command that it printed for a caller.</summary>
    public string CallLine => _printed[1];

    /// <summary>What it logged so far.</summary>
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

    /// <summary>Its memory in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How many files and connections it has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>Starts it, and waits until it says where it listens.</summary>
    public static async Task<ToolServer> StartAsync(ToolFolder folder, params string[] arguments)
    {
        ToolServer server = Run(folder, arguments);
        using var timeout = new CancellationTokenSource(s_patience);
        for (int line = 0; line < 2; line++)
        {
            server._printed.Add(await server._process.StandardOutput.ReadLineAsync(timeout.Token)
                ?? throw new InvalidOperationException($"It does not listen: {server.Said}"));
        }

        string url = server._printed[0].Split(' ')[^1];
        server.Port = int.Parse(url[(url.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>Starts it, and waits for nothing: what it listens on stands in what it logs.</summary>
    public static ToolServer Run(ToolFolder folder, params string[] arguments)
    {
        var server = new ToolServer(new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [ToolFolder.Tool, .. arguments])
            {
                WorkingDirectory = folder.Root,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            },
        });
        server._process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server._process.Start();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>What it prints from now on, until it ends.</summary>
    public Task<string> RestAsync() => _process.StandardOutput.ReadToEndAsync();

    /// <summary>Waits until what it logged is as expected.</summary>
    public async Task WaitUntilSaidAsync(Func<string, bool> isEnough)
    {
        using var timeout = new CancellationTokenSource(s_patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isEnough(Said))
        {
            try
            {
                await pause.WaitForNextTickAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new InvalidOperationException($"It does not say so. It said:\n{Said[^Math.Min(4000, Said.Length)..]}");
            }
        }
    }

    /// <summary>Ends it in good order (SIGTERM does what Ctrl-C does, and is not ignored where the tests run in the background), and returns what it exits with.</summary>
    public async Task<int> StopAsync()
    {
        await Cli.Wrap(Needs.Program("kill")).WithArguments(["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).ExecuteBufferedAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Append(line).Append('\n');
        }
    }
}
