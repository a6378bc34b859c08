namespace MtlsScenario.Model;

/// <summary>From when to when a certificate is valid, both inclusive (notBefore and notAfter).</summary>
/// <param name="From">The beginning.</param>
/// <param name="Until">The end.</param>
public sealed record Lifetime(TimePoint From, TimePoint Until)
{
    /// <summary>What holds where nothing is said.</summary>
    internal static Lifetime Default { get; } = Of(TimeSpan.FromDays(365));

    /// <summary>A lifetime that begins at issuance.</summary>
    public static Lifetime Of(TimeSpan duration) =>
        new(new TimePoint.Offset(TimeSpan.Zero), new TimePoint.Offset(duration));
}
