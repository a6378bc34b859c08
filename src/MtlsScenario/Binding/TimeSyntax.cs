using System.Globalization;
using System.Text.RegularExpressions;

namespace MtlsScenario.Binding;

/// <summary>Durations, offsets and instants as texts.</summary>
internal static partial class TimeSyntax
{
    /// <summary>The longest duration: about a thousand years, so that no sum leaves the calendar.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(365_000);

    /// <summary>A duration such as <c>90d</c>, <c>36h</c>, <c>15m</c>, <c>30s</c>; or with a sign, where that is wanted.</summary>
    /// <returns>Null where it is none, or longer than <see cref="Longest"/>.</returns>
    public static TimeSpan? Duration(string text, bool isSigned)
    {
        Match match = isSigned ? SignedDuration().Match(text) : UnsignedDuration().Match(text);
        if (!match.Success || !long.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            return null;
        }

        long unit = match.Groups["unit"].Value switch { "d" => 86400, "h" => 3600, "m" => 60, _ => 1 };
        if (count > (long)Longest.TotalSeconds / unit)
        {
            return null;
        }

        return TimeSpan.FromSeconds(text[0] == '-' ? -count * unit : count * unit);
    }

    /// <summary>An RFC 3339 instant in whole seconds, UTC; or null.</summary>
    public static DateTimeOffset? Instant(string text)
    {
        Match match = Rfc3339().Match(text);
        return match.Success && DateTimeOffset.TryParseExact(
            match.Result("${local}${zone}").ToUpperInvariant(),
            "yyyy-MM-dd'T'HH:mm:ssK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset instant)
            ? instant
            : null;
    }

    [GeneratedRegex(@"^(?<count>[0-9]{1,12})(?<unit>[dhms])\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnsignedDuration();

    [GeneratedRegex(@"^[+-](?<count>[0-9]{1,12})(?<unit>[dhms])\z", RegexOptions.CultureInvariant)]
    private static partial Regex SignedDuration();

    [GeneratedRegex(
        @"^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})(\.0+)?(?<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
