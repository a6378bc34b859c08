using System.Globalization;
using System.Numerics;
using MtlsScenario.Diagnostics;
using MtlsScenario.Model;
using MtlsScenario.Syntax;

namespace MtlsScenario.Binding;

/// <summary>Reads a serial number.</summary>
internal static class SerialReader
{
    private const string Expected = "an integer such as 4660 or 0x1234";

    /// <summary>A written number or, where the party has replicas, <c>{n}</c>.</summary>
    public static SerialNumber? Read(Field field, int? replicas, FaultList faults)
    {
        if (field.Value is MappingNode { Entries: [{ Key.Value: "n" }] })
        {
            faults.Error(field.Position, DiagnosticCodes.WrongType, "serial is a mapping here", "put {n} in quotes: serial: \"{n}\"");
            return null;
        }

        if (field.Text(faults, Expected) is not { } text)
        {
            return null;
        }

        if (text == Replication.Placeholder)
        {
            if (replicas is not null)
            {
                return SerialNumber.OfReplica.Instance;
            }

            faults.Error(
                field.Position,
                DiagnosticCodes.PlaceholderWithoutReplicas,
                "serial \"{n}\" is the number of a replica, and this is not a certificate of a party with replicas");
            return null;
        }

        if (Parse(text) is not { } value)
        {
            faults.Error(field.Position, DiagnosticCodes.InvalidSerial, $"{VisibleText.Quoted(text)} is no serial number", $"write {Expected}");
            return null;
        }

        if (!SerialNumber.IsPossible(value))
        {
            faults.Error(
                field.Position, DiagnosticCodes.InvalidSerial, $"serial {VisibleText.Quoted(text)} is not between 1 and 2^{SerialNumber.MostBits} - 1");
            return null;
        }

        return new SerialNumber.Fixed(value);
    }

    private static BigInteger? Parse(string text)
    {
        // Longer ones are out of range whatever they say, and costly to read.
        if (text.Length > 100)
        {
            return text[(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0)..].All(char.IsAsciiHexDigit) ? SerialNumber.Maximum + 1 : null;
        }

        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return isHexadecimal
            ? BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger hexadecimal)
                && text.Length > 2 ? hexadecimal : null
            : BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value) ? value : null;
    }
}
