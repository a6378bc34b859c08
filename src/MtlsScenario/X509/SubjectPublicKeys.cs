using System.Formats.Asn1;

namespace MtlsScenario.X509;

/// <summary>Reads the parts of a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).</summary>
internal static class SubjectPublicKeys
{
    /// <summary>The key that a PKCS#10 request asks for, DER; null where it is none.</summary>
    public static ReadOnlyMemory<byte>? OfRequest(ReadOnlyMemory<byte> request)
    {
        try
        {
            AsnReader info = new AsnReader(request, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            info.ReadIntegerBytes();
            info.ReadEncodedValue();
            return info.ReadEncodedValue();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The length of a key identifier in bytes.</summary>
    public const int IdentifierLength = 20;

    /// <summary>The SHA-1 of the key's bits: the key identifier of RFC 5280 section 4.2.1.2, method 1.</summary>
    /// <param name="subjectPublicKeyInfo">DER.</param>
    /// <param name="identifier">20 bytes.</param>
    /// <exception cref="AsnContentException">It is no SubjectPublicKeyInfo.</exception>
    public static void Identifier(ReadOnlySpan<byte> subjectPublicKeyInfo, Span<byte> identifier) =>
        Digests.Sha1(Bits(subjectPublicKeyInfo), identifier);

    /// <inheritdoc cref="Identifier(ReadOnlySpan{byte}, Span{byte})"/>
    public static byte[] Identifier(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        byte[] identifier = new byte[IdentifierLength];
        Identifier(subjectPublicKeyInfo, identifier);
        return identifier;
    }

    /// <summary>The content of the subjectPublicKey BIT STRING, without the octet that counts unused bits.</summary>
    /// <exception cref="AsnContentException">It is no SubjectPublicKeyInfo.</exception>
    public static ReadOnlySpan<byte> Bits(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        AsnDecoder.ReadSequence(
            subjectPublicKeyInfo, AsnEncodingRules.BER, out int offset, out int length, out _);
        ReadOnlySpan<byte> content = subjectPublicKeyInfo.Slice(offset, length);
        AsnDecoder.ReadEncodedValue(content, AsnEncodingRules.BER, out _, out _, out int algorithmLength);
        if (!AsnDecoder.TryReadPrimitiveBitString(
            content[algorithmLength..], AsnEncodingRules.BER, out int unused, out ReadOnlySpan<byte> bits, out _)
            || unused != 0)
        {
            throw new AsnContentException("The public key is not whole octets.");
        }

        return bits;
    }
}
