using System.Formats.Asn1;
using MtlsScenario.Issuance;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Reconciling;

/// <summary>Compares a PKCS#10 request with what is planned, up to its signature value, which may differ each time.</summary>
internal static class RequestComparer
{
    /// <summary>Whether the request asks for what is planned, for that key, and is signed as planned.</summary>
    /// <param name="request">DER.</param>
    /// <param name="planned">The certificate that is to be requested.</param>
    /// <param name="subjectPublicKeyInfo">Its key, DER.</param>
    /// <param name="number">Which replica, or null.</param>
    public static bool IsAsPlanned(
        ReadOnlyMemory<byte> request, PlannedCertificate planned, ReadOnlyMemory<byte> subjectPublicKeyInfo, int? number)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var pattern = new RequestEncoder(planned.Request!);
        pattern.WriteToBeSigned(writer, subjectPublicKeyInfo.Span, number);
        byte[] expected = writer.Encode();
        SignatureAlgorithm algorithm = SignatureAlgorithm.For(planned.Key!.Value, pattern.Digest);
        try
        {
            AsnReader reader = new AsnReader(request, AsnEncodingRules.BER).ReadSequence();
            return reader.ReadEncodedValue().Span.SequenceEqual(expected)
                && reader.ReadEncodedValue().Span.SequenceEqual(algorithm.Encoded.Span);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
