namespace MtlsScenario.Model;

/// <summary>An instant that is written down, or one that is counted from the moment of issuance.</summary>
public abstract record TimePoint
{
    private TimePoint()
    {
    }

    /// <summary>The instant, whole seconds, once "now" is known.</summary>
    /// <param name="now">The moment of issuance, UTC.</param>
    internal abstract DateTimeOffset At(DateTimeOffset now);

    /// <summary>A written instant.</summary>
    /// <param name="Time">UTC, whole seconds.</param>
    public sealed record Instant(DateTimeOffset Time) : TimePoint
    {
        /// <inheritdoc/>
        internal override DateTimeOffset At(DateTimeOffset now) => Time;
    }

    /// <summary>An offset from the moment of issuance.</summary>
    /// <param name="FromNow">Whole seconds; negative for the past.</param>
    public sealed record Offset(TimeSpan FromNow) : TimePoint
    {
        /// <inheritdoc/>
        internal override DateTimeOffset At(DateTimeOffset now) =>
            DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + FromNow;
    }
}
