using Microsoft.Extensions.Logging;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Serving;

/// <summary>
/// Finds among Kestrel's messages the alerts by which callers turn the server away, and the callers whom .NET turns away
/// unasked; nothing else tells of them.
/// </summary>
internal sealed class AlertLog(ServeLog log) : ILoggerProvider, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is null)
        {
            return;
        }

        var failure = new SslFailure(exception);
        if (failure.Told is { } told)
        {
            log.RejectedBy(told.Reason, told.StackMessage);
        }
        else if (failure.Own is { } own)
        {
            log.Rejected("a caller", null, own.Among[0], own.StackMessage);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
