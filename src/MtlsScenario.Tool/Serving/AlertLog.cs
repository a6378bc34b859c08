using Microsoft.Extensions.Logging;
using MtlsScenario.Handshakes;

namespace MtlsScenario.Tool.Serving;

/// <summary>Finds among Kestrel's messages the alerts by which callers turn the server away; nothing else tells of them.</summary>
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
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (TlsAlert.FindIn(cause.Message) is { } alert)
            {
                log.RejectedBy(alert.Reason, alert.Words);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
