namespace MtlsScenario.Benchmarks;

/// <summary>The times of one side of a comparison, in seconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _seconds = [];

    /// <summary>How often it ran.</summary>
    public int Count => _seconds.Count;

    /// <summary>The median.</summary>
    public double Median => Quantile(0.5);

    /// <summary>Half of the distance between the quartiles, relative to the median.</summary>
    public double Spread => (Quantile(0.75) - Quantile(0.25)) / 2 / Median;

    /// <summary>Adds a run.</summary>
    public void Add(TimeSpan time) => _seconds.Add(time.TotalSeconds);

    private double Quantile(double share)
    {
        double[] sorted = [.. _seconds.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
