using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>An end that an nginx plays: the same artifacts and the same settings.</summary>
/// <param name="Own">What it has in hand; the same is what is the same object.</param>
/// <param name="Settings">What its configuration is made of beside that.</param>
internal sealed record NginxEnd(EndArtifacts Own, PartyCertificate Settings);

/// <summary>A running nginx, which takes one connection after the other.</summary>
/// <param name="program">The program.</param>
/// <param name="files">Its files, which this owns.</param>
/// <param name="port">Where it is to listen.</param>
internal sealed partial class NginxProcess(InstalledProgram program, PeerFiles files, int port) : IAsyncDisposable
{
    /// <summary>The name of the log of requests.</summary>
    public const string AccessLog = "access.log";

    private RunningProcess? _process;
    private long _logged;
    private int _finished;
    private int _lastConnection;

    /// <summary>Where it listens.</summary>
    public int Port => port;

    /// <summary>Its files.</summary>
    public PeerFiles Files => files;

    /// <summary>Whether it did not start because another has the port.</summary>
    public bool IsPortTaken => _process?.Errors.Contains("bind() to", StringComparison.Ordinal) ?? false;

    /// <summary>What its log of errors says of the last connection.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>The request of the last connection; null where none came.</summary>
    public NginxReport? Request { get; private set; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="PeerFailure">It does not.</exception>
    public async Task StartAsync(Func<int, string> configuration, CancellationToken lifetime, CancellationToken cancellationToken)
    {
        string written = files.Write("nginx.conf", configuration(port));
        _process = RunningProcess.Start(new ProcessOrder(program.Path, ["-p", files.Folder, "-e", "stderr", "-c", written]), lifetime);
        string line = await _process.LineAsync(
            line => line.Contains("start worker process ", StringComparison.Ordinal)
                || line.Contains("bind() to", StringComparison.Ordinal) ? line : null,
            cancellationToken).ConfigureAwait(false);
        if (line.Contains("bind() to", StringComparison.Ordinal))
        {
            throw _process.Failure("cannot listen");
        }
    }

    /// <summary>
    /// Waits until it is done with the connection that there was: its one worker takes events in turn, and it is called in plain
    /// HTTP, of which it complains, when the client has ended. What has the number of an earlier connection is not of this one.
    /// </summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        string request = string.Create(CultureInfo.InvariantCulture, $"/finished-{++_finished}");
        string complaint = await _process!.CallInPlainAsync(port, request, line => line.Contains($"\"GET {request} HTTP/1.0\"", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
        int own = NumberIn(complaint);
        bool IsOfConnection(int number) => number > _lastConnection && number < own;
        Request = (await LoggedAsync(cancellationToken).ConfigureAwait(false)).Find(logged => IsOfConnection(logged.Connection));
        Errors = string.Concat(_process.Errors.Split('\n').Where(line => IsOfConnection(NumberIn(line))).Select(line => line + "\n"));
        _lastConnection = own;
        _process.Forget();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        files.Dispose();
    }

    /// <summary>The whole lines of the log of requests since this was asked for the last time.</summary>
    private async Task<List<NginxReport>> LoggedAsync(CancellationToken cancellationToken)
    {
        using var log = new FileStream(Path.Combine(files.Folder, AccessLog), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = _logged;
        using var reader = new StreamReader(log);
        string text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        int end = text.LastIndexOf('\n') + 1;
        _logged += Encoding.UTF8.GetByteCount(text.AsSpan(0, end));
        return [.. text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(NginxReport.Read)];
    }

    /// <summary>The number of a line's connection; 0 for none.</summary>
    private static int NumberIn(string line) =>
        Connection().Match(line) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[\w+\] \d+#\d+: \*(\d+) ")]
    private static partial Regex Connection();
}
