using MtlsScenario.Model;
using MtlsScenario.Planning;

namespace MtlsScenario.Reconciling;

/// <summary>Tells whether a certificate is to be reissued because of its age.</summary>
internal static class RenewalPolicy
{
    /// <summary>
    /// When a certificate becomes due; null where it never does, because its end is a written instant or was not after
    /// the moment of issuance.
    /// </summary>
    /// <param name="validity">What was planned.</param>
    /// <param name="renewBefore">How long before its end; null for a third of what was left at issuance.</param>
    /// <param name="notAfter">The end that the certificate has.</param>
    public static DateTimeOffset? DueFrom(Lifetime validity, TimeSpan? renewBefore, DateTimeOffset notAfter) =>
        validity.Until is TimePoint.Offset { FromNow: var left } && left > TimeSpan.Zero
            ? notAfter - (renewBefore ?? left / 3)
            : null;

    /// <summary>Why the certificate is due or expired, or null.</summary>
    public static Reason? Examine(PlannedCertificate planned, DateTimeOffset notAfter, DateTimeOffset now) =>
        Examine(DueFrom(planned.Template!.Validity, planned.RenewBefore, notAfter), notAfter, now);

    /// <summary>Why something is due or expired, or null.</summary>
    /// <param name="due">When it becomes due; null for never.</param>
    /// <param name="end">When it ends.</param>
    /// <param name="now">The moment, UTC.</param>
    public static Reason? Examine(DateTimeOffset? due, DateTimeOffset end, DateTimeOffset now) => due switch
    {
        null => null,
        { } since when now < since => null,
        _ when now > end => Reason.Of("expired", TimeText.Of(end)),
        { } since => Reason.Of("due", $"since {TimeText.Of(since)}, ends {TimeText.Of(end)}"),
    };
}
