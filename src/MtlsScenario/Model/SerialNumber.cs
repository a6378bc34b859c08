using System.Numerics;

namespace MtlsScenario.Model;

/// <summary>How a certificate comes by its serial number.</summary>
public abstract record SerialNumber
{
    private SerialNumber()
    {
    }

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
