using System.Formats.Asn1;

namespace MtlsScenario.X509;

/// <summary>The instants of certificates and CRLs: UTCTime through 2049, GeneralizedTime from then on (RFC 5280 section 4.1.2.5).</summary>
internal static class AsnTime
{
    /// <summary>The last year that UTCTime has.</summary>
    public const int LastUtcTimeYear = 2049;

    /// <summary>The first year that UTCTime has.</summary>
    public const int FirstUtcTimeYear = 1950;

    /// <summary>Reads one, of either type.</summary>
    /// <exception cref="AsnContentException">It is neither.</exception>
    public static DateTimeOffset Read(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
        ? reader.ReadUtcTime(LastUtcTimeYear)
        : reader.ReadGeneralizedTime();

    /// <summary>Writes one, in whole seconds.</summary>
    public static void Write(AsnWriter writer, DateTimeOffset time)
    {
        DateTimeOffset utc = time.ToUniversalTime();
        if (utc.Year is >= FirstUtcTimeYear and <= LastUtcTimeYear)
        {
            writer.WriteUtcTime(utc, LastUtcTimeYear);
        }
        else
        {
            writer.WriteGeneralizedTime(utc, omitFractionalSeconds: true);
        }
    }
}
