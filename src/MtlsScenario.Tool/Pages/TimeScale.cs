using System.Collections.Immutable;
using System.Globalization;

namespace MtlsScenario.Tool.Pages;

/// <summary>
/// Places moments on a line from 0 to 100. The scale is logarithmic to both sides of now, so that a day that is left can be
/// seen beside ten years.
/// </summary>
internal sealed class TimeScale
{
    /// <summary>How far texts are apart, and how much farther those are that end in "ago", those on a small screen, and one at an end.</summary>
    private const double LeastApart = 11;
    private const double MoreAgo = 5;
    private const double MoreOnSmall = 8;
    private const double MoreAtEnd = 4;

    private static readonly ImmutableArray<(double Hours, string Text)> Marks =
    [
        (1, "1 hour"), (24, "1 day"), (24 * 7, "1 week"), (24 * 30, "1 month"), (24 * 365, "1 year"), (24 * 365 * 10, "10 years"),
        (24 * 365 * 100, "100 years"),
    ];

    private readonly DateTimeOffset _now;
    private readonly double _first;
    private readonly double _last;

    /// <summary>A scale on which all moments have their place.</summary>
    public TimeScale(DateTimeOffset now, IEnumerable<DateTimeOffset> moments)
    {
        _now = now;
        double[] distances = [.. moments.Select(moment => Distance((moment - now).TotalHours))];
        double least = distances.Append(0).Min();
        double most = distances.Append(1).Max();

        // A little room on both sides, so that an end is seen as one.
        double room = (most - least) / 50;
        (_first, _last) = (least - room, most + room);
    }

    /// <summary>Where a moment is.</summary>
    public double Place(DateTimeOffset moment) => Scaled(Distance((moment - _now).TotalHours));

    /// <summary>The places that are worth a mark, apart enough for their text.</summary>
    /// <returns>The places, their texts, and whether there is room for it on a small screen too.</returns>
    public IEnumerable<(double Place, string Text, bool IsMajor)> Ticks()
    {
        double now = Scaled(0);
        yield return (now, "now", true);
        foreach (int sign in (ImmutableArray<int>)[1, -1])
        {
            double last = now;
            double lastMajor = now;
            foreach ((double hours, string text) in Marks)
            {
                double place = Scaled(Distance(sign * hours));
                double apart = LeastApart + (sign < 0 ? MoreAgo : 0) + (IsAtEnd(place) ? MoreAtEnd : 0);
                if (Math.Abs(place - last) >= apart && place is >= 0 and <= 100)
                {
                    last = place;
                    bool isMajor = Math.Abs(place - lastMajor) >= apart + MoreOnSmall;
                    lastMajor = isMajor ? place : lastMajor;
                    yield return (place, sign < 0 ? $"{text} ago" : text, isMajor);
                }
            }
        }
    }

    /// <summary>Whether a text there, with its middle at its place, would leave the line.</summary>
    public static bool IsAtEnd(double place) => place is < 6 or > 94;

    /// <summary>A place as an SVG length.</summary>
    public static string Percent(double place) => string.Create(CultureInfo.InvariantCulture, $"{place:0.##}%");

    private double Scaled(double distance) => (distance - _first) / (_last - _first) * 100;

    private static double Distance(double hours) => Math.Sign(hours) * Math.Log10(1 + Math.Abs(hours));
}
