using System.Numerics;

namespace MtlsScenario.Model;

/// <summary>How a certificate comes by its serial number.</summary>
public abstract record SerialNumber
{
    private SerialNumber()
    {
    }

    /// <summary>The bits of the largest: its DER has 20 octets at most (RFC 5280 section 4.1.2.2).</summary>
    internal const int MostBits = 159;

    /// <summary>The largest, which is also the largest that openssl draws.</summary>
    internal static BigInteger Maximum { get; } = (BigInteger.One << MostBits) - 1;

    /// <summary>Whether a certificate that conforms can have that number.</summary>
    internal static bool IsPossible(BigInteger value) => value >= 1 && value <= Maximum;

    /// <summary>159 random bits, never zero.</summary>
    public sealed record Random : SerialNumber
    {
        /// <summary>The one value.</summary>
        public static Random Instance { get; } = new();
    }

    /// <summary>A written number.</summary>
    /// <param name="Value">1 to 2^159 − 1.</param>
    public sealed record Fixed(BigInteger Value) : SerialNumber;

    /// <summary>The number of the replica (<c>serial: "{n}"</c>).</summary>
    public sealed record OfReplica : SerialNumber
    {
        /// <summary>The one value.</summary>
        public static OfReplica Instance { get; } = new();
    }
}
