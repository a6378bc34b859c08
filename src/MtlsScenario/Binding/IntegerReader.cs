using System.Globalization;
using MtlsScenario.Diagnostics;

namespace MtlsScenario.Binding;

/// <summary>Reads a small integer.</summary>
internal static class IntegerReader
{
    /// <summary>The integer; null, and a fault, where it is none or out of bounds.</summary>
    public static int? Read(Field field, int minimum, int maximum, FaultList faults)
    {
        string expected = maximum == int.MaxValue ? $"an integer from {minimum} on" : $"an integer from {minimum} to {maximum}";
        if (field.Text(faults, expected) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        faults.Error(field.Position, DiagnosticCodes.InvalidNumber, $"{field.Key} is {expected}, not {VisibleText.Quoted(text)}");
        return null;
    }
}
