using System.Globalization;

namespace MtlsScenario.Graphs;

/// <summary>Phrases that all drawings share.</summary>
internal static class GraphText
{
    /// <summary>How many there are of a fleet: <c>× 1000</c>.</summary>
    public static string Times(int count) => string.Create(CultureInfo.InvariantCulture, $"× {count}");

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
