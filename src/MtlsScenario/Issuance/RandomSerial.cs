using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>The serial numbers that nobody wrote (RFC 5280 section 4.1.2.2).</summary>
internal static class RandomSerial
{
    private const int Length = (SerialNumber.MostBits + 7) / 8;

    /// <summary>Draws one as openssl does: 20 octets at most, the INTEGER positive, and never zero.</summary>
    public static void Write(AsnWriter writer)
    {
        Span<byte> serial = stackalloc byte[Length];
        do
        {
            RandomBytes.Fill(serial);
            serial[0] &= 0x7F;
        }
        while (serial.IndexOfAnyExcept((byte)0) < 0);

        // DER has no needless zeros in front.
        writer.WriteIntegerUnsigned(serial[serial.IndexOfAnyExcept((byte)0)..]);
    }
}
