using System.Globalization;

namespace MtlsScenario.Model;

/// <summary>Instants and durations as a scenario writes them.</summary>
internal static class TimeText
{
    /// <summary><c>yyyy-MM-ddTHH:mm:ssZ</c>, UTC.</summary>
    public static string Of(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>In the largest unit that leaves nothing over: <c>365d</c>, <c>36h</c>, <c>90m</c>, <c>5s</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds;
        (long count, char unit) = seconds switch
        {
            _ when seconds % 86400 == 0 => (seconds / 86400, 'd'),
            _ when seconds % 3600 == 0 => (seconds / 3600, 'h'),
            _ when seconds % 60 == 0 => (seconds / 60, 'm'),
            _ => (seconds, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }
}
