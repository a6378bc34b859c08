using System.Formats.Asn1;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Compares a PKCS#10 request with a wish, up to its signature value, which may differ each time.</summary>
internal static class RequestComparer
{
    /// <summary>Whether the request asks for what is wished, for that key, and is signed in the wished way.</summary>
    /// <param name="request">DER.</param>
    /// <param name="wish">The certificate that is to be requested.</param>
    /// <param name="subjectPublicKeyInfo">Its key, DER.</param>
    /// <param name="number">Which replica, or null.</param>
    public static bool IsAsWished(
        ReadOnlyMemory<byte> request, PlannedCertificate wish, ReadOnlyMemory<byte> subjectPublicKeyInfo, int? number)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var pattern = new RequestPattern(wish.Request!);
        pattern.WriteToBeSigned(writer, subjectPublicKeyInfo.Span, number);
        byte[] wished = writer.Encode();
        SignatureAlgorithm algorithm = SignatureAlgorithm.For(wish.Key!.Value, pattern.Digest);
        try
        {
            AsnReader reader = new AsnReader(request, AsnEncodingRules.BER).ReadSequence();
            return reader.ReadEncodedValue().Span.SequenceEqual(wished)
                && reader.ReadEncodedValue().Span.SequenceEqual(algorithm.Encoded.Span);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
