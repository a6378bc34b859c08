using MtlsScenario.Model;

namespace MtlsScenario.Binding;

/// <summary>The ends of a lifetime as a scenario writes them.</summary>
internal static class TimePointText
{
    /// <summary>An instant, <c>+30d</c> or <c>-1d</c>.</summary>
    public static string Of(TimePoint point) => point switch
    {
        TimePoint.Instant instant => TimeText.Of(instant.Time),
        TimePoint.Offset { FromNow: var offset } when offset == TimeSpan.Zero => "now",
        TimePoint.Offset { FromNow: var offset } => (offset < TimeSpan.Zero ? "" : "+") + TimeText.Of(offset),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
