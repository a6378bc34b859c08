using System.Numerics;
using MtlsScenario.Model;

namespace MtlsScenario.Revocation;

/// <summary>A revoked certificate on a CRL.</summary>
/// <param name="Serial">Its serial number as an INTEGER has it: big-endian, two's complement, as short as can be.</param>
/// <param name="RevokedAt">Since when, UTC, whole seconds.</param>
/// <param name="Reason">Why; null where nothing is said.</param>
internal readonly record struct CrlEntry(ReadOnlyMemory<byte> Serial, DateTimeOffset RevokedAt, RevocationReason? Reason)
{
    /// <summary>The serial number.</summary>
    public BigInteger SerialNumber => new(Serial.Span, isUnsigned: false, isBigEndian: true);

    /// <summary>An entry for a number.</summary>
    public static CrlEntry Of(BigInteger serial, DateTimeOffset revokedAt, RevocationReason? reason) =>
        new(serial.ToByteArray(isUnsigned: false, isBigEndian: true), revokedAt, reason);

    /// <summary>Orders serial numbers as numbers.</summary>
    public static int Compare(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        bool isNegative = (sbyte)first[0] < 0;
        if (isNegative != (sbyte)second[0] < 0)
        {
            return isNegative ? -1 : 1;
        }

        int byLength = first.Length.CompareTo(second.Length);
        return byLength == 0 ? first.SequenceCompareTo(second) : isNegative ? -byLength : byLength;
    }
}
