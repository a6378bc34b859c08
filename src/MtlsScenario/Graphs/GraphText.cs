using System.Globalization;
using MtlsScenario.Model;

namespace MtlsScenario.Graphs;

/// <summary>Phrases that all drawings share.</summary>
internal static class GraphText
{
    /// <summary>How many there are of a fleet: <c>× 1000</c>.</summary>
    public static string Times(int count) => string.Create(CultureInfo.InvariantCulture, $"× {count}");

    /// <summary>That a certificate, or some of a fleet, are to be revoked: why, and since when where that is said.</summary>
    public static string Revoked(CertificateRevocation revocation) => string.Join(
        ", ",
        new[]
        {
            revocation.Of is { } numbers ? $"replicas {Ranges([.. numbers.Order()])}" : null,
            Reason(revocation.Reason),
            revocation.At switch
            {
                TimePoint.Instant { Time: var time } => $"since {TimeText.Of(time)}",
                TimePoint.Offset { FromNow: var offset } when offset < TimeSpan.Zero => $"since {TimeText.Of(-offset)} before it is listed",
                _ => null,
            },
        }.OfType<string>());

    /// <summary>Why a certificate is revoked.</summary>
    public static string Reason(RevocationReason? reason) => reason is { } said ? RevocationReasonNames.NameOf(said) : "without a reason";

    /// <summary>Numbers as a list with ranges: <c>2–4, 7</c>.</summary>
    public static string Ranges(IReadOnlyList<int> numbers)
    {
        var ranges = new List<string>();
        for (int first = 0; first < numbers.Count;)
        {
            int last = first;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1)
            {
                last++;
            }

            ranges.Add(first == last
                ? string.Create(CultureInfo.InvariantCulture, $"{numbers[first]}")
                : string.Create(CultureInfo.InvariantCulture, $"{numbers[first]}–{numbers[last]}"));
            first = last + 1;
        }

        return string.Join(", ", ranges);
    }
}
