using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace MtlsScenario.Tool.Peers;

/// <summary>A program that plays many ends of connections: it reads orders and prints reports, lines of JSON. Disposing of it ends it.</summary>
internal sealed class ResidentProcess : IAsyncDisposable
{
    private readonly Channel<string> _orders;
    private readonly RunningProcess _process;
    private readonly ConcurrentDictionary<string, Channel<PeerReport>> _asked = new(StringComparer.Ordinal);
    private readonly Task _reading;
    private int _count;

    /// <summary>Starts it.</summary>
    /// <param name="order">What is to be run.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public ResidentProcess(ProcessOrder order, CancellationToken cancellationToken)
    {
        _orders = Channel.CreateUnbounded<string>();
        _process = RunningProcess.Start(order with { Lines = _orders.Reader }, cancellationToken);
        _reading = ReadAsync(cancellationToken);
    }

    /// <summary>Gives an order.</summary>
    /// <returns>Its number, and the reports on it as they come; they end with a <see cref="PeerFailure"/> where the program does.</returns>
    public (string Id, ChannelReader<PeerReport> Reports) Give(PeerOrder order)
    {
        string id = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        Channel<PeerReport> reports = _asked.GetOrAdd(id, _ => Channel.CreateUnbounded<PeerReport>());
        Send(order with { Id = id });
        if (_reading.IsCompleted)
        {
            reports.Writer.TryComplete(_process.Failure("ended"));
        }

        return (id, reports.Reader);
    }

    /// <summary>Ends an order: nothing more is reported, and nothing listens for it any more.</summary>
    public void End(string id)
    {
        _asked.TryRemove(id, out _);
        Send(new PeerOrder { Id = id, Role = "close" });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _orders.Writer.TryComplete();
        await _process.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private void Send(PeerOrder order) => _orders.Writer.TryWrite(JsonSerializer.Serialize(order, PeerJson.Default.PeerOrder));

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Exception? end = null;
        try
        {
            while (true)
            {
                PeerReport report = await _process.LineAsync(line => line.StartsWith('{') ? PeerReport.Read(line) : null, cancellationToken).ConfigureAwait(false);
                if (report.Id is { } id && _asked.TryGetValue(id, out Channel<PeerReport>? reports))
                {
                    reports.Writer.TryWrite(report);
                }
            }
        }
        catch (PeerFailure)
        {
            end = _process.Failure("ended");
        }
        catch (Exception exception) when (exception is OperationCanceledException or JsonException)
        {
            end = exception;
        }

        foreach (Channel<PeerReport> reports in _asked.Values)
        {
            reports.Writer.TryComplete(end);
        }
    }
}
