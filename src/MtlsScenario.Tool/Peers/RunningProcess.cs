using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using CliWrap;

namespace MtlsScenario.Tool.Peers;

/// <summary>A program that runs beside this one. Disposing of it ends it.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private const int LongestOutput = 1 << 20;

    /// <summary>What would let a program trust others than it is told to, or go elsewhere.</summary>
    private static readonly ImmutableArray<string> s_withheld =
    [
        "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_HOME", "SSLKEYLOGFILE",
        "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_DEBUG",
        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "GODEBUG", "GOFLAGS",
    ];

    /// <summary>The environment of a program, where it differs from this one's.</summary>
    private static readonly Dictionary<string, string?> s_environment = s_withheld.Select(name => (name, (string?)null))

        // Debian's curl, which does its TLS by OpenSSL, brings GnuTLS along for LDAP: not to start that saves one of its fifteen milliseconds.
        .Append(("GNUTLS_NO_IMPLICIT_INIT", "1"))
        .ToDictionary(StringComparer.Ordinal);

    private readonly CancellationTokenSource _kill;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly string _program;
    private readonly bool _startsNone;
    private readonly Task<int> _end;
    private int _id;

    private RunningProcess(ProcessOrder order, CancellationToken cancellationToken)
    {
        (_program, _startsNone) = (Path.GetFileNameWithoutExtension(order.Program), order.StartsNone);
        _kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _end = RunAsync(order);
    }

    /// <summary>What it wrote to standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>Forgets what it wrote so far.</summary>
    public void Forget()
    {
        foreach (StringBuilder text in new[] { _output, _errors })
        {
            lock (text)
            {
                text.Clear();
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="order">What is to be run.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static RunningProcess Start(ProcessOrder order, CancellationToken cancellationToken) => new(order, cancellationToken);

    /// <summary>The next line, of either output, of which something can be made.</summary>
    /// <exception cref="PeerFailure">The program ended before such a line came.</exception>
    public async Task<T> LineAsync<T>(Func<string, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        await foreach (string line in _lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (read(line) is { } found)
            {
                return found;
            }
        }

        throw Failure("ended before it was ready");
    }

    /// <summary>
    /// Calls it, a server of TLS, in plain HTTP, and waits until it complains of that: a server that takes connections in turn and
    /// does not say when one has ended has printed by then all that it has to say of those before.
    /// </summary>
    /// <param name="port">Where it listens on the loopback interface.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="isComplaint">Tells the complaint from its other lines.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The complaint.</returns>
    /// <exception cref="PeerFailure">It ended before.</exception>
    public async Task<string> CallInPlainAsync(int port, string path, Func<string, bool> isComplaint, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\n\r\n"), cancellationToken).ConfigureAwait(false);
        return await LineAsync(line => isComplaint(line) ? line : null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken) =>
        await _end.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>That it did not do what it was to do, with the end of what it said.</summary>
    public PeerFailure Failure(string what)
    {
        string said = Errors.Trim().Length > 0 ? Errors.Trim() : Output.Trim();
        string end = said.Length > 400 ? $"…{said[^400..]}" : said;
        return new PeerFailure(_program, end.Length == 0 ? $"{_program} {what}" : $"{_program} {what}: {end}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCompleted || !_startsNone || !TryKill())
        {
            await _kill.CancelAsync().ConfigureAwait(false);
        }

        try
        {
            await _end.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or PeerFailure)
        {
            // Whoever asked for its end has heard of it already.
        }

        _kill.Dispose();
    }

    private async Task<int> RunAsync(ProcessOrder order)
    {
        try
        {
            CommandTask<CommandResult> running = Cli.Wrap(order.Program)
                .WithArguments(order.Arguments)
                .WithEnvironmentVariables(s_environment)
                .WithStandardInputPipe(order.Lines is { } lines ? PipeSource.Create((stream, token) => WriteAsync(lines, stream, token)) : PipeSource.FromString(order.Input))
                .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Take(_output, line)))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Take(_errors, line)))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(_kill.Token);
            _id = running.ProcessId;
            return (await running.ConfigureAwait(false)).ExitCode;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PeerFailure(_program, $"{_program} could not be started: {exception.Message}");
        }
        finally
        {
            _lines.Writer.TryComplete();
        }
    }

    /// <summary>Ends this one process.</summary>
    /// <returns>Whether it was there to be ended.</returns>
    private bool TryKill()
    {
        try
        {
            using var process = Process.GetProcessById(_id);
            process.Kill();
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Writes each line as soon as it is there.</summary>
    private static async Task WriteAsync(ChannelReader<string> lines, Stream stream, CancellationToken cancellationToken)
    {
        await foreach (string line in lines.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(StringBuilder text, string said)
    {
        string line = TemporaryFolder.WithoutFolders(said);
        lock (text)
        {
            if (text.Length < LongestOutput)
            {
                text.Append(line).Append('\n');
            }
        }

        _lines.Writer.TryWrite(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
