using System.Diagnostics;

namespace MtlsScenario.Benchmarks;

/// <summary>Our time against somebody's, in turns, so that what else the machine does hits both.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Against">Whose time it is compared with.</param>
/// <param name="Limit">The ratio that it must stay below, or null where none is set.</param>
internal sealed record Comparison(string Work, string Against, double? Limit)
{
    /// <summary>Our times.</summary>
    public Samples Ours { get; } = new();

    /// <summary>The other times.</summary>
    public Samples Theirs { get; } = new();

    /// <summary>Our median over the other.</summary>
    public double Ratio => Ours.Median / Theirs.Median;

    /// <summary>Runs both sides in turns, once to warm up and then <paramref name="runs"/> times.</summary>
    /// <param name="runs">How often each.</param>
    /// <param name="ours">Our side; what it returns is its time.</param>
    /// <param name="theirs">The other side.</param>
    public Comparison Run(int runs, Func<TimeSpan> ours, Func<TimeSpan> theirs)
    {
        for (int run = 0; run <= runs; run++)
        {
            (TimeSpan our, TimeSpan other) = (ours(), theirs());
            if (run > 0)
            {
                Ours.Add(our);
                Theirs.Add(other);
            }
        }

        return this;
    }

    /// <summary>How long it takes.</summary>
    public static TimeSpan Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
