using System.Formats.Asn1;
using System.Globalization;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>Says why a file holds no certificate that can be read.</summary>
internal static class CertificateFault
{
    private const byte Sequence = 0x30;
    private const string Damaged = "its DER is damaged, or that of something else";

    /// <summary>The reason, as what follows the name of the file: <c>it ends within the certificate</c>.</summary>
    /// <param name="file">What the file holds.</param>
    public static string Of(ReadOnlyMemory<byte> file)
    {
        if (file.IsEmpty)
        {
            return "it is empty";
        }

        if (Pem.TryDecode(file.Span, Pem.Certificate, out byte[] der))
        {
            return OfDer(der);
        }

        if (file.Span.IndexOf("-----BEGIN CERTIFICATE-----"u8) >= 0)
        {
            return file.Span.IndexOf("-----END CERTIFICATE-----"u8) < 0
                ? "it is cut off: after BEGIN CERTIFICATE there is no END CERTIFICATE"
                : "what stands between BEGIN CERTIFICATE and END CERTIFICATE is no base64";
        }

        return file.Span[0] == Sequence ? OfDer(file) : "it is no certificate";
    }

    private static string OfDer(ReadOnlyMemory<byte> der)
    {
        if (!AsnDecoder.TryReadEncodedValue(der.Span, AsnEncodingRules.BER, out Asn1Tag tag, out _, out _, out int length))
        {
            return LengthOf(der.Span) is { } said
                ? string.Create(CultureInfo.InvariantCulture, $"it is cut off: the certificate has {said} bytes, and {der.Length} of them are there")
                : Damaged;
        }

        return length < der.Length && tag == Asn1Tag.Sequence && ParsedCertificate.TryParse(der[..length], out _)
            ? string.Create(CultureInfo.InvariantCulture, $"{der.Length - length} bytes follow the certificate")
            : Damaged;
    }

    /// <summary>How many bytes a SEQUENCE has that is longer than what is there; null where none begins.</summary>
    private static long? LengthOf(ReadOnlySpan<byte> der)
    {
        if (der.Length < 2 || der[0] != Sequence)
        {
            return null;
        }

        int count = der[1] & 0x7F;
        if (der[1] < 0x80)
        {
            return 2 + der[1];
        }

        if (count is 0 or > 4 || der.Length < 2 + count)
        {
            return null;
        }

        long length = 0;
        foreach (byte octet in der.Slice(2, count))
        {
            length = (length << 8) | octet;
        }

        return 2 + count + length > der.Length ? 2 + count + length : null;
    }
}
