using System.Globalization;

namespace MtlsScenario.Interop.Tests.Applying;

/// <summary>What came of runs that were killed.</summary>
internal sealed class KilledFigures
{
    /// <summary>The runs that were killed.</summary>
    public int Killed { get; set; }

    /// <summary>Those that left work to do.</summary>
    public int KilledAtWork { get; set; }

    /// <summary>The runs that found somebody else's key, and stopped.</summary>
    public int Refused { get; set; }

    /// <summary>The scripts that ran beside them.</summary>
    public int Scripts { get; set; }

    /// <summary>The keys that were looked for afterwards.</summary>
    public int Keys { get; set; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Killed:N0} killed, {KilledAtWork:N0} of them with work left, {Refused:N0} refused, {Scripts:N0} beside the script, {Keys:N0} keys found again");
}
