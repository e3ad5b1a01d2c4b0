using Microsoft.Extensions.Logging;

namespace CrmPlatform.Journal.Intake;

/// <summary>
/// What MassTransit logs, without its lines about events that failed or went back to the queue: one per event, and the runs say it better.
/// </summary>
internal sealed class BusLog(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var format = state is IReadOnlyList<KeyValuePair<string, object?>> and [.., var last] ? last.Value as string : null;
        if (format?.StartsWith("T-FAULT", StringComparison.Ordinal) != true && format?.StartsWith("R-FAULT", StringComparison.Ordinal) != true)
            inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
