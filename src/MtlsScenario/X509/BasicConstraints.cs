using System.Formats.Asn1;
using System.Numerics;

namespace MtlsScenario.X509;

/// <summary>What basicConstraints says (RFC 5280 section 4.2.1.9).</summary>
/// <param name="IsCa">Whether the key may sign certificates; an extension that does not say so denies it.</param>
/// <param name="PathLength">How many intermediates may follow; null for any number.</param>
internal readonly record struct BasicConstraints(bool IsCa, BigInteger? PathLength)
{
    /// <summary>Reads the value of the extension.</summary>
    /// <exception cref="AsnContentException">It is damaged.</exception>
    public static BasicConstraints Read(AsnReader reader)
    {
        AsnReader constraints = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        bool isCa = constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && constraints.ReadBoolean();
        return new BasicConstraints(isCa, constraints.HasData ? constraints.ReadInteger() : null);
    }
}
