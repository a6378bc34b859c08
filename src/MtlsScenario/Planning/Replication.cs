using System.Globalization;

namespace MtlsScenario.Planning;

/// <summary>That something is there N times, numbered from 1.</summary>
/// <param name="Count">N, at least 1.</param>
internal sealed record Replication(int Count)
{
    /// <summary>What stands for the number: plain in names and subjects, padded in file names.</summary>
    public const string Placeholder = "{n}";

    /// <summary>How many digits a file name has for the number: as many as N has.</summary>
    public int Width => Count.ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>The number as it stands in file names.</summary>
    public string Padded(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(Width, '0');
}
