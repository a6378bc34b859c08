using System.Globalization;
using McMaster.Extensions.CommandLineUtils;

namespace MtlsScenario.Tool.CommandLine;

/// <summary>An option whose value is an integer.</summary>
internal sealed class NumberOption(CommandOption option)
{
    /// <summary>The number, or null where the option was not said.</summary>
    public int? Value => TryParse(option.Value(), out int number) ? number : null;

    /// <summary>Reads plain decimal digits.</summary>
    public static bool TryParse(string? text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
