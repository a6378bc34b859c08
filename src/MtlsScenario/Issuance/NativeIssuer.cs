using System.Formats.Asn1;
using MtlsScenario.Model;
using MtlsScenario.Planning;
using MtlsScenario.X509;

namespace MtlsScenario.Issuance;

/// <summary>
/// Signs certificates and requests, byte for byte as openssl writes them. It keeps a buffer: one instance is for one
/// thread at a time, and so is the key that it signs with.
/// </summary>
internal sealed class NativeIssuer
{
    private const int UsualLength = 2048;

    private readonly AsnWriter _writer = new(AsnEncodingRules.DER, UsualLength);

    /// <summary>A certificate that is signed by its own key.</summary>
    /// <param name="template">What it says.</param>
    /// <param name="key">The key.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <returns>DER.</returns>
    public byte[] SelfSign(CertificateTemplate template, PrivateKey key, DateTimeOffset now) => Sign(
        new CertificateEncoder(template, SigningIdentity.ForItself(NameEncoder.Encode(template.Subject), key), now), key.SubjectPublicKeyInfo.Span, key);

    /// <summary>A certificate that an authority signs.</summary>
    /// <param name="template">What it says.</param>
    /// <param name="subjectPublicKeyInfo">The subject's key, DER.</param>
    /// <param name="issuer">Who signs it.</param>
    /// <param name="now">The moment of issuance, UTC.</param>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    /// <returns>DER.</returns>
    public byte[] Sign(
        CertificateTemplate template,
        ReadOnlySpan<byte> subjectPublicKeyInfo,
        IssuingAuthority issuer,
        DateTimeOffset now,
        int? number = null) =>
        Sign(new CertificateEncoder(template, issuer.Identity, now), subjectPublicKeyInfo, issuer.Key, number);

    /// <summary>A certificate of a fleet.</summary>
    /// <param name="pattern">What it says.</param>
    /// <param name="subjectPublicKeyInfo">The subject's key, DER.</param>
    /// <param name="key">The issuer's key; this thread's own copy of it.</param>
    /// <param name="number">The number of the replica; null outside a fleet.</param>
    /// <returns>DER.</returns>
    public byte[] Sign(
        CertificateEncoder pattern, ReadOnlySpan<byte> subjectPublicKeyInfo, PrivateKey key, int? number = null)
    {
        _writer.Reset();
        pattern.WriteToBeSigned(_writer, subjectPublicKeyInfo, number);
        return Complete(key, pattern.Algorithm, pattern.Digest);
    }

    /// <summary>A request, signed by the subject's own key.</summary>
    /// <returns>DER.</returns>
    public byte[] Request(RequestTemplate template, PrivateKey key, int? number = null) =>
        Request(new RequestEncoder(template), key, number);

    /// <summary>A request of a fleet.</summary>
    /// <returns>DER.</returns>
    public byte[] Request(RequestEncoder pattern, PrivateKey key, int? number = null)
    {
        _writer.Reset();
        pattern.WriteToBeSigned(_writer, key.SubjectPublicKeyInfo.Span, number);
        return Complete(key, SignatureAlgorithm.For(key.Algorithm, pattern.Digest), pattern.Digest);
    }

    /// <summary>Signs what stands in the buffer, and puts the signature behind it.</summary>
    private byte[] Complete(PrivateKey key, SignatureAlgorithm algorithm, DigestAlgorithm digest)
    {
        byte[] toBeSigned = _writer.Encode();
        _writer.Reset();
        return Complete(_writer, toBeSigned, algorithm.Encoded, key.Sign(toBeSigned, digest));
    }

    /// <summary>What was signed, and the signature behind it.</summary>
    /// <returns>DER.</returns>
    internal static byte[] Complete(byte[] toBeSigned, ReadOnlyMemory<byte> algorithm, byte[] signature) =>
        Complete(new AsnWriter(AsnEncodingRules.DER), toBeSigned, algorithm, signature);

    private static byte[] Complete(AsnWriter writer, byte[] toBeSigned, ReadOnlyMemory<byte> algorithm, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(toBeSigned);
            writer.WriteEncodedValue(algorithm.Span);
            writer.WriteBitString(signature);
        }

        return writer.Encode();
    }
}
