using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MtlsScenario.Handshakes;
using MtlsScenario.Model;

namespace MtlsScenario.Tool.Peers;

/// <summary>An end that an <c>openssl s_server</c> plays: the same artifacts, the same least version, the same instant.</summary>
/// <param name="Own">What it has in hand; the same is what is the same object.</param>
/// <param name="MinimumTls">The least version that it speaks.</param>
/// <param name="At">The instant of its verification; null for now.</param>
internal sealed record OpenSslEnd(EndArtifacts Own, TlsVersion MinimumTls, DateTimeOffset? At);

/// <summary>An <c>openssl s_server -www</c>, which takes one connection after the other.</summary>
/// <param name="files">Its files, which this owns.</param>
internal sealed partial class OpenSslProcess(PeerFiles files) : IAsyncDisposable
{
    private RunningProcess? _process;

    /// <summary>Its files.</summary>
    public PeerFiles Files => files;

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <summary>All that it printed to standard error from the beginning to the end of the last connection.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="PeerFailure">It does not.</exception>
    public async Task StartAsync(ProcessOrder order, CancellationToken lifetime, CancellationToken cancellationToken)
    {
        _process = RunningProcess.Start(order, lifetime);
        Port = int.Parse(
            await _process.LineAsync(line => Listens().Match(line) is { Success: true } match ? match.Groups[1].Value : null, cancellationToken)
                .ConfigureAwait(false),
            CultureInfo.InvariantCulture);
        _process.Forget();
    }

    /// <summary>
    /// Waits until it is done with the connection that there was. It takes them in turn and prints nothing when one ends; so it is
    /// called in plain HTTP, of which it complains when it comes to that.
    /// </summary>
    /// <returns>Whether it can take another; else it has ended.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        bool isAlive = true;
        try
        {
            await _process!.CallInPlainAsync(Port, "/", line => Complains().IsMatch(line), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PeerFailure or IOException or SocketException)
        {
            isAlive = false;
            await _process!.EndAsync(cancellationToken).ConfigureAwait(false);
        }

        string errors = _process.Errors;
        Errors = Complains().Match(errors) is { Success: true } complaint ? errors[..complaint.Index] : errors;
        _process.Forget();
        return isAlive;
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

    [GeneratedRegex(@"^ACCEPT .*:(\d+)$")]
    private static partial Regex Listens();

    /// <summary>What it prints of a certificate begins otherwise, whatever stands in that.</summary>
    [GeneratedRegex("^[0-9A-F]+:error:[0-9A-F]+:SSL routines:[^:]*:http request:", RegexOptions.Multiline)]
    private static partial Regex Complains();
}
