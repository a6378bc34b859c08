using System.Numerics;
using MtlsScenario.Model;

namespace MtlsScenario.Planning;

/// <summary>What a scenario says of serial numbers, as numbers.</summary>
internal static class PlannedSerial
{
    /// <summary>The serial number that is planned; null where it is random.</summary>
    /// <param name="serial">What is planned.</param>
    /// <param name="number">Which replica, or null.</param>
    public static BigInteger? Of(SerialNumber serial, int? number) => serial switch
    {
        SerialNumber.Random => null,
        SerialNumber.Fixed written => written.Value,
        SerialNumber.OfReplica => number,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
