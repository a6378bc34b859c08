using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Names the difference between the dates of a certificate and what is planned for them, as far as clocks can be trusted.</summary>
internal static class ValidityComparer
{
    /// <summary>How far the clock may be behind that of the machine that issued a certificate.</summary>
    private static readonly TimeSpan _clockSkew = TimeSpan.FromMinutes(10);

    /// <summary>The first difference, or null.</summary>
    /// <param name="planned">What it should be.</param>
    /// <param name="current">The certificate.</param>
    /// <param name="now">The moment to which relative dates refer, UTC.</param>
    public static Reason? Difference(Lifetime planned, ParsedCertificate current, DateTimeOffset now)
    {
        if (planned is { From: TimePoint.Offset { FromNow: var from }, Until: TimePoint.Offset { FromNow: var until } }
            && current.NotAfter - current.NotBefore is var length
            && length != until - from)
        {
            return Reason.Of("lifetime", $"{TimeText.Of(length)} -> {TimeText.Of(until - from)}");
        }

        if (!MayBe(planned.From, current.NotBefore, now))
        {
            return Reason.Of("lifetime", $"from {TimeText.Of(current.NotBefore)} -> from {TimeText.Of(planned.From.At(now))}");
        }

        return MayBe(planned.Until, current.NotAfter, now)
            ? null
            : Reason.Of("lifetime", $"until {TimeText.Of(current.NotAfter)} -> until {TimeText.Of(planned.Until.At(now))}");
    }

    /// <summary>
    /// Whether a certificate that was issued in the past can have that date. Where the scenario gives an offset, nobody knows
    /// when it was issued, but that cannot be later than now, or by the clock of another machine a little later.
    /// </summary>
    private static bool MayBe(TimePoint planned, DateTimeOffset date, DateTimeOffset now) =>
        planned is TimePoint.Offset ? date <= planned.At(now) + _clockSkew : date == planned.At(now);
}
