using MtlsScenario.Model;

namespace MtlsScenario.Tool.Pages;

/// <summary>How a certificate's age is to be judged.</summary>
/// <param name="What">What is said of it.</param>
/// <param name="Severity">How bad that is.</param>
/// <param name="Since">Since when it is so, where that is said too.</param>
internal sealed record AgeJudgement(string What, AgeSeverity Severity, DateTimeOffset? Since = null)
{
    /// <summary>All that is said of it.</summary>
    public string Text => Since is { } since ? $"{What} since {TimeText.Of(since)}" : What;

    /// <summary>The classes of its mark.</summary>
    public string Style => Severity switch
    {
        AgeSeverity.None => "quiet",
        AgeSeverity.Warning => "status untried",
        AgeSeverity.Fault => "status failed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The judgement at a moment.</summary>
    public static AgeJudgement Of(TimelineEntry entry, DateTimeOffset now) => entry switch
    {
        { IsExpected: false } => new("provided by others", AgeSeverity.None),
        { IsAwaited: true } => new("– awaited", AgeSeverity.Warning),
        { Dates: null } => new("✗ missing", AgeSeverity.Fault),
        { Dates.NotAfter: var end } when end < now =>
            entry.IsMeant ? new("expired, as it is meant to be", AgeSeverity.None) : new("✗ expired", AgeSeverity.Fault),
        { Dates.NotBefore: var start } when start > now =>
            entry.IsMeant ? new("not yet valid, as it is meant to be", AgeSeverity.None) : new("– not yet valid", AgeSeverity.Warning),
        { DueFrom: { } due } when due <= now => new("! due", AgeSeverity.Warning, due),
        { DueFrom: { } due } => new($"due from {TimeText.Of(due)}", AgeSeverity.None),
        { LastsWithAuthority: true } => new("lasts as long as its authority", AgeSeverity.None),
        { IsExternal: true } => new("renewed by others", AgeSeverity.None),
        _ => new("never due: its end is written down", AgeSeverity.None),
    };
}

/// <summary>How much there is to say against a certificate's age.</summary>
internal enum AgeSeverity
{
    /// <summary>All is as it is meant to be.</summary>
    None,

    /// <summary>Something is to be done, or to be waited for.</summary>
    Warning,

    /// <summary>Nobody who looks at the date accepts it.</summary>
    Fault,
}
