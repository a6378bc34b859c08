using System.Formats.Asn1;
using System.Security.Cryptography;
using MtlsScenario.X509;

namespace MtlsScenario.Stores;

/// <summary>The forms that private keys had before PKCS#8, in PEM as openssl writes them.</summary>
internal static class TraditionalKey
{
    /// <summary>PKCS#1 (RFC 8017) of an RSA key, SEC1 (RFC 5915) of an EC key.</summary>
    /// <param name="pkcs8">A key that was exported here, DER.</param>
    /// <returns>Null of an Ed25519 or ML-DSA key, which have no such form. The caller clears it.</returns>
    public static byte[]? TryWrite(ReadOnlyMemory<byte> pkcs8)
    {
        AsnReader info = new AsnReader(pkcs8, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        AsnReader algorithm = info.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        byte[] key = info.ReadOctetString();
        byte[] der = oid == Oids.EcPublicKey ? WithCurve(key, algorithm.ReadObjectIdentifier()) : key;
        byte[]? pem = oid switch
        {
            Oids.RsaEncryption => Pem.Encode(Pem.Pkcs1, der),
            Oids.EcPublicKey => Pem.Encode(Pem.Sec1, der),
            _ => null,
        };
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(der);
        return pem;
    }

    /// <summary>In PKCS#8 the algorithm names the curve, and the key within does not.</summary>
    private static byte[] WithCurve(byte[] key, string curve)
    {
        AsnReader bare = new AsnReader(key, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER, key.Length + 32);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(bare.ReadEncodedValue().Span);
            writer.WriteEncodedValue(bare.ReadEncodedValue().Span);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteObjectIdentifier(curve);
            }

            writer.WriteEncodedValue(bare.ReadEncodedValue().Span);
        }

        byte[] der = writer.Encode();
        writer.Reset();
        return der;
    }
}
