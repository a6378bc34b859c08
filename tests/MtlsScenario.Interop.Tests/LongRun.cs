using System.Globalization;
using Xunit.Abstractions;

namespace MtlsScenario.Interop.Tests;

/// <summary>
/// A test that is worth more the longer it runs: briefly among the others, and at length by <c>tests/long.sh</c>, which runs
/// the tests of the category <see cref="Category"/> and prints what they report.
/// </summary>
internal static class LongRun
{
    /// <summary>The trait of such tests, whose value is <see cref="Long"/>.</summary>
    public const string Category = "Category";

    /// <inheritdoc cref="Category"/>
    public const string Long = "Long";

    /// <summary>How often something is tried.</summary>
    /// <param name="name">What <c>MTLS_SCENARIO_LONG_NAME</c> gives another number for.</param>
    /// <param name="brief">Among other tests.</param>
    /// <param name="atLength">By <c>tests/long.sh</c>.</param>
    public static int Count(string name, int brief, int atLength) =>
        Environment.GetEnvironmentVariable("MTLS_SCENARIO_LONG") != "1" ? brief
        : Environment.GetEnvironmentVariable($"MTLS_SCENARIO_LONG_{name}") is { Length: > 0 } count ? int.Parse(count, CultureInfo.InvariantCulture)
        : atLength;

    /// <summary>Reports figures, to the test's output and to the file that <c>tests/long.sh</c> prints.</summary>
    public static void Report(ITestOutputHelper output, string figures)
    {
        output.WriteLine(figures);
        if (Environment.GetEnvironmentVariable("MTLS_SCENARIO_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, figures + "\n");
        }
    }
}
