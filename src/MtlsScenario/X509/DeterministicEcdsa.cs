using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using MtlsScenario.Model;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace MtlsScenario.X509;

/// <summary>
/// ECDSA by RFC 6979, where the number that a signature is made with comes of the key and the message. By BouncyCastle, for the
/// platform always draws it.
/// </summary>
internal static class DeterministicEcdsa
{
    private static readonly Dictionary<KeyAlgorithm, Lazy<ECDomainParameters>> s_curves =
        EcCurve.All.ToDictionary(curve => curve.Algorithm, curve => new Lazy<ECDomainParameters>(() => new(CustomNamedCurves.GetByName(curve.Name))));

    /// <summary>Signs.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="scalar">The private key.</param>
    /// <param name="data">What is signed, not its digest.</param>
    /// <param name="digest">Of the message, and of the number.</param>
    /// <returns>A DER sequence (RFC 3279 section 2.2.3).</returns>
    public static byte[] Sign(EcCurve curve, byte[] scalar, ReadOnlySpan<byte> data, DigestAlgorithm digest)
    {
        (byte[] hash, IDigest generator) = digest switch
        {
            DigestAlgorithm.Sha256 => (SHA256.HashData(data), (IDigest)new Sha256Digest()),
            DigestAlgorithm.Sha384 => (SHA384.HashData(data), new Sha384Digest()),
            _ => (SHA512.HashData(data), new Sha512Digest()),
        };
        var signer = new ECDsaSigner(new HMacDsaKCalculator(generator));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(new Org.BouncyCastle.Math.BigInteger(1, scalar), s_curves[curve.Algorithm].Value));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (Org.BouncyCastle.Math.BigInteger part in signer.GenerateSignature(hash))
            {
                writer.WriteInteger(new BigInteger(part.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true));
            }
        }

        return writer.Encode();
    }
}
