using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MtlsScenario.X509;

/// <summary>A public key that signatures are verified with. One instance is for one thread at a time.</summary>
internal abstract class PublicKey : IDisposable
{
    private PublicKey()
    {
    }

    /// <summary>The SubjectPublicKeyInfo as openssl would write it, however it was encoded when it was read.</summary>
    public abstract ReadOnlyMemory<byte> Canonical { get; }

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    /// <returns>Null where it is damaged or of a kind with which nothing can be verified here.</returns>
    public static PublicKey? TryRead(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            AsnReader algorithm = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.BER).ReadSequence().ReadSequence();
            return algorithm.ReadObjectIdentifier() switch
            {
                Oids.RsaEncryption => Rsa.Read(subjectPublicKeyInfo),
                Oids.EcPublicKey => (PublicKey?)NativeEc.Find(subjectPublicKeyInfo) ?? Ec.Read(subjectPublicKeyInfo),
                Oids.Ed25519 => Edwards.Read(subjectPublicKeyInfo),
                string oid => MlDsaVariant.Find(oid) is { } variant ? MlDsa.Read(variant, subjectPublicKeyInfo) : null,
            };
        }
        catch (Exception exception) when (
            exception is AsnContentException or CryptographicException or PlatformNotSupportedException)
        {
            // The last is what the platform says of a curve that it does not have.
            return null;
        }
    }

    /// <summary>Whether the signature is one of this key over the data. What cannot be checked does not verify.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
    {
        try
        {
            return IsSignature(data, signature, algorithm);
        }
        catch (CryptographicException)
        {
            // The machine's OpenSSL may be set up without that digest.
            return false;
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary><see cref="Verifies"/>, of what the kind of key can check.</summary>
    /// <exception cref="CryptographicException">It could not be checked.</exception>
    protected abstract bool IsSignature(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm);

    private sealed class Rsa(RSA key) : PublicKey
    {
        public override ReadOnlyMemory<byte> Canonical => key.ExportSubjectPublicKeyInfo();

        public static Rsa Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
        {
            RSA key = RSA.Create();
            try
            {
                key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo.Span, out _);
                return new Rsa(key);
            }
            catch
            {
                key.Dispose();
                throw;
            }
        }

        protected override bool IsSignature(
            ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
        {
            RSASignaturePadding? padding = algorithm.Kind switch
            {
                SignatureKind.RsaPkcs1 => RSASignaturePadding.Pkcs1,
                SignatureKind.RsaPss when algorithm.Hash != default => RSASignaturePadding.Pss,
                _ => null,
            };
            return padding is not null && key.VerifyData(data, signature, algorithm.Hash, padding);
        }

        public override void Dispose() => key.Dispose();
    }

    private sealed class Ec(ECDsa key) : PublicKey
    {
        public override ReadOnlyMemory<byte> Canonical => key.ExportSubjectPublicKeyInfo();

        public static Ec Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
        {
            ECDsa key = ECDsa.Create();
            try
            {
                key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo.Span, out _);
                return new Ec(key);
            }
            catch
            {
                key.Dispose();
                throw;
            }
        }

        protected override bool IsSignature(
            ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm) =>
            algorithm.Kind == SignatureKind.Ecdsa
            && key.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence);

        public override void Dispose() => key.Dispose();
    }

    /// <summary>A key in the form that openssl writes, by libcrypto.</summary>
    private sealed class NativeEc(ReadOnlyMemory<byte> subjectPublicKeyInfo, LibCryptoKey key) : PublicKey
    {
        public override ReadOnlyMemory<byte> Canonical => subjectPublicKeyInfo;

        public static NativeEc? Find(ReadOnlyMemory<byte> subjectPublicKeyInfo)
        {
            foreach (EcCurve curve in LibCrypto.IsThere ? EcCurve.All : [])
            {
                if (curve.TryDecodePublic(subjectPublicKeyInfo.Span, out ReadOnlySpan<byte> point))
                {
                    return new NativeEc(subjectPublicKeyInfo, curve.Native.Import(scalar: [], point));
                }
            }

            return null;
        }

        protected override bool IsSignature(
            ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm) =>
            algorithm.Kind == SignatureKind.Ecdsa && key.Verifies(data, algorithm.Hash, signature);

        public override void Dispose() => key.Dispose();
    }

    private sealed class Edwards(byte[] key) : PublicKey
    {
        public override ReadOnlyMemory<byte> Canonical => Ed25519PrivateKey.EncodePublic(key);

        public static Edwards? Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
        {
            byte[] bits = SubjectPublicKeys.Bits(subjectPublicKeyInfo.Span).ToArray();
            return bits.Length == Ed25519.PublicKeySize ? new Edwards(bits) : null;
        }

        protected override bool IsSignature(
            ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
        {
            byte[] message = data.ToArray();
            return algorithm.Kind == SignatureKind.Ed25519
                && signature.Length == Ed25519.SignatureSize
                && Ed25519.Verify(signature.ToArray(), 0, key, 0, message, 0, message.Length);
        }

        public override void Dispose()
        {
            // Nothing is held outside memory, and the key is public.
        }
    }

    private sealed class MlDsa(MlDsaVariant variant, MLDsaPublicKeyParameters key) : PublicKey
    {
        public override ReadOnlyMemory<byte> Canonical => MlDsaPrivateKey.EncodePublic(variant, key.GetEncoded());

        public static MlDsa? Read(MlDsaVariant variant, ReadOnlyMemory<byte> subjectPublicKeyInfo)
        {
            try
            {
                byte[] bits = SubjectPublicKeys.Bits(subjectPublicKeyInfo.Span).ToArray();
                return new MlDsa(variant, MLDsaPublicKeyParameters.FromEncoding(variant.Parameters, bits));
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        protected override bool IsSignature(
            ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
        {
            if (algorithm.Oid != variant.Oid)
            {
                return false;
            }

            var verifier = new MLDsaSigner(variant.Parameters, deterministic: true);
            verifier.Init(forSigning: false, key);
            verifier.BlockUpdate(data);
            return verifier.VerifySignature(signature.ToArray());
        }

        public override void Dispose()
        {
            // Nothing is held outside memory, and the key is public.
        }
    }
}
